using System.ComponentModel.DataAnnotations;

namespace Incidents.Grains.Interfaces;

/// <summary>A range whose message names the setting as it is written in configuration. A plain <c>[Range]</c> cannot:
/// [OptionsValidator] generates its own, which ignores ErrorMessage.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingRangeAttribute : RangeAttribute
{
    public SettingRangeAttribute(string key, int minimum, int maximum)
        : base(minimum, maximum) => ErrorMessage = $"{key} must be between {minimum} and {maximum}.";

    public SettingRangeAttribute(string key, string minimum, string maximum)
        : base(typeof(TimeSpan), minimum, maximum) => ErrorMessage = $"{key} must be between {minimum} and {maximum}.";
}
