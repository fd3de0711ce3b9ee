using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Due;

/// <summary>How incidents that time alone changes are found. Section <c>Due</c>.</summary>
internal sealed class DueOptions
{
    public const string Section = "Due";

    /// <summary>How often the cluster looks. Default: 15 seconds.</summary>
    [SettingRange("Due:Every", "00:00:01", "01:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many incidents one look takes; the rest waits for the next. Default: 500.</summary>
    [SettingRange("Due:MaxAtOnce", 1, 10_000)]
    public int MaxAtOnce { get; set; } = 500;
}

[OptionsValidator]
internal sealed partial class DueOptionsValidator : IValidateOptions<DueOptions>;
