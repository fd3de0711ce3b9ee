using System.Globalization;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Domain;

/// <summary>When a sender counts as silent. Section <c>Senders</c>.</summary>
internal sealed class SilenceOptions
{
    public const string Section = "Senders";

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2); // it is looked for every minute
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>A sender of which nothing was heard for so long opens an incident of its own. Zero: never, the default,
    /// since a sender with nothing to tell is healthy. To use it give each sender an alert that always fires, and set
    /// this to more than twice its <c>repeat_interval</c>.</summary>
    public TimeSpan SilentAfter { get; set; }

    /// <summary>The same for single senders, by name; zero: never.</summary>
    public IDictionary<string, TimeSpan> SilentAfterBy { get; init; } = new Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The severity of that incident. Default: <c>error</c>.</summary>
    public string Severity { get; set; } = "error";

    /// <summary>Whether any sender can fall silent.</summary>
    public bool WatchesAny => SilentAfter > TimeSpan.Zero || SilentAfterBy.Values.Any(static after => after > TimeSpan.Zero);

    /// <summary>Zero: never.</summary>
    public TimeSpan AfterOf(string sender) => SilentAfterBy.TryGetValue(sender, out var own) ? own : SilentAfter;

    public static bool IsSound(TimeSpan after) => after == TimeSpan.Zero || (after >= Shortest && after <= Longest);

    public static string Demand(string key) => string.Create(
        CultureInfo.InvariantCulture, $"{key} must be 00:00:00 (never) or between {Shortest} and {Longest}.");
}

internal sealed class SilenceOptionsValidator(IOptions<EpisodeOptions> episodes) : IValidateOptions<SilenceOptions>
{
    public ValidateOptionsResult Validate(string? name, SilenceOptions options)
    {
        List<string> faults = [];
        if (!SilenceOptions.IsSound(options.SilentAfter))
        {
            faults.Add(SilenceOptions.Demand("Senders:SilentAfter"));
        }

        faults.AddRange(options.SilentAfterBy
            .Where(static one => !SilenceOptions.IsSound(one.Value))
            .Select(static one => SilenceOptions.Demand($"Senders:SilentAfterBy:{one.Key}")));
        var severities = episodes.Value.Severities.Names;
        if (!severities.Contains(options.Severity, StringComparer.Ordinal))
        {
            faults.Add($"Senders:Severity must be one of Episodes:SeverityOrder: {string.Join(", ", severities)}.");
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
