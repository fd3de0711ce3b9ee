using System.Globalization;

namespace Incidents.Grains.Interfaces;

/// <summary>
/// The name of one incident (one episode of a key): <c>INC-{yyyyMMddHHmmss UTC}-{incident key}</c>. The second is
/// the later of now and one after the key's last incident, so ids are unique and rising per key even if the clock
/// jumps back or a key opens twice within a second.
/// </summary>
[GenerateSerializer, Immutable, Alias("incident-id")]
public readonly record struct IncidentId
{
    private const string Prefix = "INC-";
    private const string SecondFormat = "yyyyMMddHHmmss";
    private const int TextLength = 4 + 14 + 1 + IncidentKey.Length;

    private IncidentId(string value) => Value = value;

    [Id(0)]
    public string Value { get; }

    public IncidentKey Key => IncidentKey.TryParse(Value[^IncidentKey.Length..], out var key) ? key : default;

    private DateTimeOffset Second => ParseSecond(Value, out var second) ? second : default;

    /// <summary>The id of the incident that <paramref name="key"/> opens at <paramref name="now"/>.</summary>
    public static IncidentId Next(IncidentKey key, IncidentId? last, DateTimeOffset now)
    {
        var second = now.ToUniversalTime();
        if (last is { } previous && previous.Second.AddSeconds(1) is var after && after > second)
        {
            second = after;
        }

        return new($"{Prefix}{second.ToString(SecondFormat, CultureInfo.InvariantCulture)}-{key}");
    }

    public static bool TryParse(string? text, out IncidentId id)
    {
        var sound = text is { Length: TextLength }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[TextLength - IncidentKey.Length - 1] == '-'
            && ParseSecond(text, out _)
            && IncidentKey.TryParse(text[^IncidentKey.Length..], out _);
        id = sound ? new(text!) : default;
        return sound;
    }

    public override string ToString() => Value;

    private static bool ParseSecond(string text, out DateTimeOffset second) =>
        DateTimeOffset.TryParseExact(
            text.AsSpan(Prefix.Length, SecondFormat.Length),
            SecondFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out second);
}
