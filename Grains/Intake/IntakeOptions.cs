using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Intake;

/// <summary>How much may wait at one key, and how patiently it is tried again. Section <c>Intake</c>.</summary>
internal sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Alerts that wait at one key; a delivery beyond is refused as overloaded unless it is alone.
    /// Default: 50,000.</summary>
    [SettingRange("Intake:MaxWaitingAlerts", 1, 10_000_000)]
    public int MaxWaitingAlerts { get; set; } = 50_000;

    /// <summary>About how many bytes of alerts wait at one key; beyond, as above. Default: 256 MiB.</summary>
    [SettingRange("Intake:MaxWaitingBytes", 1 << 20, int.MaxValue)]
    public int MaxWaitingBytes { get; set; } = 256 << 20;

    /// <summary>Commands of people that wait at one key. Default: 1,000.</summary>
    [SettingRange("Intake:MaxWaitingCommands", 1, 100_000)]
    public int MaxWaitingCommands { get; set; } = 1_000;

    /// <summary>First pause after a failed load or commit; doubles up to <see cref="LongestPause"/>. A rival holds a row
    /// for one commit, a few milliseconds, so it is short; an outage reaches the longest within 1.3 s. Default: 5 ms.</summary>
    [SettingRange("Intake:FirstPause", "00:00:00.001", "00:00:10")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Default: 1 s.</summary>
    [SettingRange("Intake:LongestPause", "00:00:00.001", "00:01:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(1);
}

[OptionsValidator]
internal sealed partial class IntakeOptionsValidator : IValidateOptions<IntakeOptions>;
