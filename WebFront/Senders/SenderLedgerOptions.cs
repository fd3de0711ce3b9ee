using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Senders;

/// <summary>What is kept about senders. Section <c>Senders</c>.</summary>
internal sealed class SenderLedgerOptions
{
    public const string Section = "Senders";

    /// <summary>How often the counts go to the database. Default: 5 seconds.</summary>
    [SettingRange("Senders:WriteEvery", "00:00:00.100", "00:10:00")]
    public TimeSpan WriteEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>So many servers (by address and external URL) are told apart under one sender's name; all further ones
    /// are counted together as the peer <c>other</c>. Default: 20.</summary>
    [SettingRange("Senders:MaxPeers", 1, 1_000)]
    public int MaxPeers { get; set; } = 20;

    /// <summary>A peer unheard for so long is forgotten, unless it is the last of its sender. Default: 7 days.</summary>
    [SettingRange("Senders:KeepPeers", "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepPeers { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Two peers of one sender that deliver the same facts within this time are taken for the two servers of
    /// an HA pair: the second delivery is stored like any, and counted as a duplicate. Zero: never. Default:
    /// 2 minutes.</summary>
    [SettingRange("Senders:DuplicateWindow", "00:00:00", "01:00:00")]
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>So many of the latest deliveries are compared with. Default: 10,000.</summary>
    [SettingRange("Senders:MaxCompared", 1, 1_000_000)]
    public int MaxCompared { get; set; } = 10_000;
}

[OptionsValidator]
internal sealed partial class SenderLedgerOptionsValidator : IValidateOptions<SenderLedgerOptions>;
