using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Incidents.WebFront.Api;

/// <summary>Reads query parameters, which are text until here, so that each fault is told in words. The first counts.</summary>
internal sealed class ParameterReader
{
    private const int MaxShown = 64;

    /// <summary>A date, a time to the minute, one to the second or finer; what is taken to be a time must not be guessed.</summary>
    private static readonly string[] Times =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>What is wrong, or null.</summary>
    public ProblemHttpResult? Problem { get; private set; }

    public int Limit(string? text, int standard, int max) =>
        (int)(Number("limit", text, 1, max, $"limit must be between 1 and {max}.") ?? standard);

    public long? Number(string name, string? text, long min, long max, string otherwise)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Refuse(name, otherwise);
        return null;
    }

    /// <summary>Repeated, or with commas between; at most so many, each of at most so many characters.</summary>
    public IReadOnlyList<string> Values(string name, string[]? given, int most, int longest)
    {
        List<string> values =
        [
            .. (given ?? []).SelectMany(static one => one.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Distinct(StringComparer.Ordinal).Take(most + 1),
        ];
        if (values.Count > most || values.Exists(value => value.Length > longest))
        {
            Refuse(name, $"{name} takes at most {most} values of at most {longest} characters each.");
        }
        else if (given is { Length: > 0 } && values.Count == 0)
        {
            Refuse(name, $"{name} must not be empty; leave it out to see all."); // a script's variable that was not set
        }

        return values;
    }

    public string? Text(string name, string? text, int longest)
    {
        if (text?.Length > longest)
        {
            Refuse(name, $"{name} must be at most {longest} characters.");
        }

        return text is { Length: > 0 } ? text : null;
    }

    /// <summary>ISO 8601 with an offset or Z; without, it is taken for UTC.</summary>
    public DateTimeOffset? Time(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, Utc, out var time))
        {
            return time;
        }

        Refuse(name, $"{name} must be a time such as 2026-01-02T03:04:05Z.");
        return null;
    }

    public bool? Flag(string name, string? text)
    {
        if (text is not (null or "true" or "false"))
        {
            Refuse(name, $"{name} must be true or false.");
        }

        return text is null ? null : text == "true";
    }

    /// <summary>Of a name that must be one of a few.</summary>
    public T OneOf<T>(string name, string? text, T standard, params IReadOnlyList<(string Name, T Value)> known)
    {
        if (text is null)
        {
            return standard;
        }

        foreach (var one in known)
        {
            if (one.Name == text)
            {
                return one.Value;
            }
        }

        Refuse(name, $"{name} must be {string.Join(" or ", known.Select(static one => one.Name))}.");
        return standard;
    }

    public void Refuse(string name, string detail) =>
        Problem ??= Problems.BadParameter(name.Length > MaxShown ? name[..MaxShown] : name, detail);

    public void RefuseCursor() =>
        Refuse("cursor", "This cursor is not of this list with these filters; begin again without it.");
}
