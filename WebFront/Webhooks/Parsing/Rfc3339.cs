namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>
/// A time as Go writes it: RFC 3339 with 0 to 9 fraction digits and an offset. Whatever cannot be a time of an alert
/// is null, never an error: Grafana's "no end" is year 1, and a strange time must not lose an alert.
/// </summary>
internal static class Rfc3339
{
    /// <summary>In UTC and whole microseconds, the rest cut off, as the database keeps it; null when unreadable, out
    /// of range or before 1970.</summary>
    public static DateTimeOffset? Read(ReadOnlySpan<byte> text)
    {
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t')
            || text[13] != ':' || text[16] != ':')
        {
            return null;
        }

        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        var (hour, minute, second) = (Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return null;
        }

        var rest = text[19..];
        if (ReadFraction(ref rest) is not { } microseconds || ReadOffset(rest) is not { } offset)
        {
            return null;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second).Ticks
            + (microseconds * TimeSpan.TicksPerMicrosecond) - offset.Ticks;
        return ticks < DateTime.UnixEpoch.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new(ticks, TimeSpan.Zero);
    }

    private static long? ReadFraction(ref ReadOnlySpan<byte> rest)
    {
        if (rest[0] != '.')
        {
            return 0;
        }

        var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 1 or > 9)
        {
            return null;
        }

        long microseconds = 0;
        for (var i = 1; i <= 6; i++)
        {
            microseconds = (microseconds * 10) + (i <= digits ? rest[i] - '0' : 0);
        }

        rest = rest[(digits + 1)..];
        return microseconds;
    }

    private static TimeSpan? ReadOffset(ReadOnlySpan<byte> rest)
    {
        if (rest is [(byte)'Z'] or [(byte)'z'])
        {
            return TimeSpan.Zero;
        }

        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':')
        {
            return null;
        }

        var (hours, minutes) = (Digits(rest[1..3]), Digits(rest[4..6]));
        if (hours is < 0 or > 23 || minutes is < 0 or > 59)
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return rest[0] == '-' ? -offset : offset;
    }

    /// <summary>-1 when anything but digits is there.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = (number * 10) + (b - '0');
        }

        return number;
    }
}
