using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Counts;

/// <summary>How the counts of incidents are kept. Section <c>Counts</c>.</summary>
internal sealed class CountOptions
{
    public const string Section = "Counts";

    /// <summary>How often each silo moves what changed into the counts. Whoever reads adds what is not moved yet, so
    /// rarer means slower reads, not wrong ones. Default: 10 seconds.</summary>
    [SettingRange("Counts:FoldEvery", "00:00:01", "01:00:00")]
    public TimeSpan FoldEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often each silo compares the counts with the incidents, all of which it reads for it, and puts them
    /// right; also soon after its start. Default: 6 hours.</summary>
    [SettingRange("Counts:CheckEvery", "00:01:00", "30.00:00:00")]
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How many changes one transaction moves. Default: 500.</summary>
    [SettingRange("Counts:MaxAtOnce", 1, 5_000)]
    public int MaxAtOnce { get; set; } = 500;
}

[OptionsValidator]
internal sealed partial class CountOptionsValidator : IValidateOptions<CountOptions>;
