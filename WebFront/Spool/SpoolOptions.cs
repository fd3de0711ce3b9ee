using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Spool;

/// <summary>Where deliveries wait that could not be stored in time, and how many may. Section <c>Spool</c>.</summary>
internal sealed class SpoolOptions
{
    public const string Section = "Spool";

    /// <summary>Off: what cannot be stored within <c>Webhooks:AnswerWithin</c> is answered with 503, and is lost unless
    /// its sender repeats it. Default: on.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A folder of this WebFront's own, on a disk that outlives the process. Default: <c>spool</c> in the
    /// working directory.</summary>
    public string Directory { get; set; } = "spool";

    /// <summary>A delivery that is not stored so long after it arrived, at most <c>Webhooks:AnswerWithin</c>, is journaled.
    /// Default: 10 seconds, in which a silo that was lost is replaced.</summary>
    [SettingRange("Spool:After", "00:00:00.100", "00:00:25")]
    public TimeSpan After { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A delivery that had to wait so long for one of the <c>Webhooks:MaxInFlight</c> is journaled at once: more comes
    /// than is stored, and who waits holds a connection. Default: 1 second.</summary>
    [SettingRange("Spool:TurnWithin", "00:00:00.010", "00:01:00")]
    public TimeSpan TurnWithin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>So much may wait; then deliveries that would have to are answered with 503. Default: 1,024 MiB.</summary>
    [SettingRange("Spool:MaxMegabytes", 1, 1_048_576)]
    public int MaxMegabytes { get; set; } = 1024;

    /// <summary>While the oldest delivery waits for longer, no further ones are taken: somebody has to look. Default:
    /// 3 days.</summary>
    [SettingRange("Spool:MaxAge", "00:01:00", "365.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Pause before what cannot be stored is tried again. Default: 1 second.</summary>
    [SettingRange("Spool:RetryEvery", "00:00:00.100", "00:05:00")]
    public TimeSpan RetryEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>So many keys are replayed at once. Default: 64.</summary>
    [SettingRange("Spool:ReplayAtOnce", 1, 1_000)]
    public int ReplayAtOnce { get; set; } = 64;

    public long MaxBytes => MaxMegabytes * 1_048_576L;
}

[OptionsValidator]
internal sealed partial class SpoolOptionsValidator : IValidateOptions<SpoolOptions>;
