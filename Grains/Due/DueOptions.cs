using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Due;

/// <summary>How incidents that time alone changes are found. Section <c>Due</c>.</summary>
internal sealed class DueOptions
{
    public const string Section = "Due";

    /// <summary>How often the cluster looks. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Due:Every must be between 00:00:01 and 01:00:00.")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many incidents one look takes; the rest waits for the next. Default: 500.</summary>
    [Range(1, 10_000, ErrorMessage = "Due:MaxAtOnce must be between 1 and 10000.")]
    public int MaxAtOnce { get; set; } = 500;
}

[OptionsValidator]
internal sealed partial class DueOptionsValidator : IValidateOptions<DueOptions>;
