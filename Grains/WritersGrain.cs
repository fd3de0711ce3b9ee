using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains;

/// <summary>Keeps the last report of each silo's writer in memory, for people.</summary>
[GrainType("writers")]
internal sealed class WritersGrain(TimeProvider clock) : Grain, IWritersGrain
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<string, WriterView> _reports = new(StringComparer.Ordinal);

    public Task Report(WriterView view)
    {
        _reports[view.Silo] = view;
        foreach (var gone in _reports.Values.Where(report => !IsFresh(report)).ToList())
        {
            _reports.Remove(gone.Silo);
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<WriterView>> GetState() =>
        Task.FromResult(_reports.Values.Where(IsFresh).ToImmutableArray());

    private bool IsFresh(WriterView report) => clock.GetUtcNow() - report.At < Kept;
}
