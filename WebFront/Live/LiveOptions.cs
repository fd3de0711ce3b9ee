using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Live;

/// <summary>How many may watch, and how far one may fall behind. Section <c>Live</c>.</summary>
internal sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>Streams at once, of pages and programs; one more is asked to come again later. Default: 2,000.</summary>
    [SettingRange("Live:MaxViewers", 1, 100_000)]
    public int MaxViewers { get; set; } = 2_000;

    /// <summary>Changed incidents that are kept for all viewers together: one that falls further behind, or comes back
    /// later, is served from the database. A storm that changes more of them within twenty seconds makes all viewers read
    /// anew every ten. Default: 5,000, of some 2 KB each.</summary>
    [SettingRange("Live:MaxKept", 10, 100_000)]
    public int MaxKept { get; set; } = 5_000;

    /// <summary>How long one stream lasts; then it is opened anew, and it is found out anew who may see it. Default: 15 minutes.</summary>
    [SettingRange("Live:StreamFor", "00:00:01", "1.00:00:00")]
    public TimeSpan StreamFor { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class LiveOptionsValidator : IValidateOptions<LiveOptions>;
