using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.MySql;

/// <summary>How much goes into one transaction, and how much may wait. Section <c>GroupCommit</c>.</summary>
internal sealed class GroupCommitOptions
{
    public const string Section = "GroupCommit";

    /// <summary>Alerts in one packet, and in one key's share of it. Default: 1,000.</summary>
    [SettingRange("GroupCommit:MaxAlerts", 1, 5_000)]
    public int MaxAlerts { get; set; } = 1_000;

    /// <summary>About how many bytes one packet has. The server's max_allowed_packet must be four times as large,
    /// since escaping may double what was estimated. Default: 4 MiB.</summary>
    [SettingRange("GroupCommit:MaxBytes", 1 << 20, 16 << 20)]
    public int MaxBytes { get; set; } = 4 << 20;

    /// <summary>Keys in one packet or load. Default: 500.</summary>
    [SettingRange("GroupCommit:MaxKeys", 1, 900)]
    public int MaxKeys { get; set; } = 500;

    /// <summary>Writes that wait for the lane of one silo; further ones wait at their grain. Default: 10,000.</summary>
    [SettingRange("GroupCommit:MaxWaiting", 1, 1_000_000)]
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>How often a deadlocked packet is sent again before its keys count as busy. Default: 5.</summary>
    [SettingRange("GroupCommit:DeadlockRetries", 0, 100)]
    public int DeadlockRetries { get; set; } = 5;
}

[OptionsValidator]
internal sealed partial class GroupCommitOptionsValidator : IValidateOptions<GroupCommitOptions>;
