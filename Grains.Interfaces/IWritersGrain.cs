using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Incidents.Grains.Interfaces;

/// <summary>What the writers of all silos last said of themselves (key 0), for the dashboard. Figures only: nothing is
/// decided here, and nothing is lost with it.</summary>
[GrainInterfaceType("writers"), Alias("writers-grain")]
public interface IWritersGrain : IGrainWithIntegerKey
{
    [Alias("report"), ResponseTimeout("00:00:05")]
    Task Report(WriterView view);

    /// <summary>Silos that reported within the last minute, by name. Changes nothing.</summary>
    [Alias("get-state"), AlwaysInterleave]
    Task<ImmutableArray<WriterView>> GetState();
}

/// <summary>A silo's writer; counts are since the silo's start.</summary>
[GenerateSerializer, Immutable, Alias("writer-view")]
public sealed record WriterView
{
    [Id(0)] public required string Silo { get; init; }

    [Id(1)] public required DateTimeOffset At { get; init; }

    /// <summary>At their keys' grains.</summary>
    [Id(2)] public long AlertsWaiting { get; init; }

    /// <summary>For the lane.</summary>
    [Id(3)] public int WritesWaiting { get; init; }

    [Id(4)] public int LoadsWaiting { get; init; }

    [Id(5)] public long PacketsCommitted { get; init; }

    [Id(6)] public long PacketsFailed { get; init; }

    [Id(7)] public long AlertsCommitted { get; init; }

    [Id(8)] public long FencesLost { get; init; }

    /// <summary>How long the last packet took.</summary>
    [Id(9)] public double LastCommitMilliseconds { get; init; }
}
