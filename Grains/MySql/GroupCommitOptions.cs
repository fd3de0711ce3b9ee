using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.MySql;

/// <summary>How much goes into one transaction, and how much may wait. Section <c>GroupCommit</c>.</summary>
internal sealed class GroupCommitOptions
{
    public const string Section = "GroupCommit";

    /// <summary>Alerts in one packet, and in one key's share of it. Default: 1,000.</summary>
    [Range(1, 5_000, ErrorMessage = "GroupCommit:MaxAlerts must be between 1 and 5000.")]
    public int MaxAlerts { get; set; } = 1_000;

    /// <summary>About how many bytes one packet has; a quarter of the server's least max_allowed_packet, since
    /// escaping may double them. Default: 4 MiB.</summary>
    [Range(1 << 20, 16 << 20, ErrorMessage = "GroupCommit:MaxBytes must be between 1048576 (1 MiB) and 16777216 (16 MiB).")]
    public int MaxBytes { get; set; } = 4 << 20;

    /// <summary>Keys in one packet or load. Beyond about a thousand both servers give up the range on the fence's
    /// primary key. Default: 500.</summary>
    [Range(1, 900, ErrorMessage = "GroupCommit:MaxKeys must be between 1 and 900.")]
    public int MaxKeys { get; set; } = 500;

    /// <summary>Writes that wait for the lane of one silo; further ones wait at their grain. Default: 10,000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "GroupCommit:MaxWaiting must be between 1 and 1000000.")]
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>How often a deadlocked packet is sent again before its keys count as busy. Default: 5.</summary>
    [Range(0, 100, ErrorMessage = "GroupCommit:DeadlockRetries must be between 0 and 100.")]
    public int DeadlockRetries { get; set; } = 5;
}

[OptionsValidator]
internal sealed partial class GroupCommitOptionsValidator : IValidateOptions<GroupCommitOptions>;
