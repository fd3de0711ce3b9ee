using System.ComponentModel.DataAnnotations;
using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Domain;

/// <summary>When an incident opens, joins and ends. Section <c>Episodes</c>.</summary>
internal sealed class EpisodeOptions
{
    public const string Section = "Episodes";

    /// <summary>Resolve an incident when all of its series ended. Default: true.</summary>
    public bool AutoResolve { get; set; } = true;

    /// <summary>How long a series that still fires after a person resolved stays quiet before it opens a new
    /// incident. Default: 30 minutes.</summary>
    [SettingRange("Episodes:HoldAfterResolve", "00:00:00", "7.00:00:00")]
    public TimeSpan HoldAfterResolve { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>An open incident of which nothing was heard for so long resolves. Must exceed the senders'
    /// <c>repeat_interval</c> (Grafana's default: 4 hours). Zero: never. Default: 9 hours.</summary>
    [SettingRange("Episodes:StaleAfter", "00:00:00", "365.00:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromHours(9);

    /// <summary>A test notification has no end of its own; its incident resolves after this. Default: 10 minutes.</summary>
    [SettingRange("Episodes:TestAlertLifetime", "00:00:10", "1.00:00:00")]
    public TimeSpan TestAlertLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many series one incident follows; alerts of further ones are stored, not followed.
    /// Default: 2,000.</summary>
    [SettingRange("Episodes:MaxInstances", 1, 100_000)]
    public int MaxInstances { get; set; } = 2_000;

    /// <summary>Severities, highest first, separated by <c>&gt;</c>. Must contain <c>unknown</c>.</summary>
    [RegularExpression(
        @"^(\s*[a-z0-9_-]{1,32}\s*>)*\s*unknown\s*(>\s*[a-z0-9_-]{1,32}\s*)*$",
        ErrorMessage = "Episodes:SeverityOrder must list lowercase names, highest first, separated by '>', and contain 'unknown', such as 'critical > error > warning > unknown > info'.")]
    public string SeverityOrder { get; set; } = "critical > error > warning > unknown > info";

    public SeverityScale Severities => field ??= new(
        SeverityOrder.Split('>', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToArray());
}

[OptionsValidator]
internal sealed partial class EpisodeOptionsValidator : IValidateOptions<EpisodeOptions>;
