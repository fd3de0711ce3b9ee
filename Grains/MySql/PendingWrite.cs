using System.Diagnostics;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Telemetry;

namespace Incidents.Grains.MySql;

/// <summary>A write that waits for the lane, or (without a change) a question whether the lane works.</summary>
internal sealed class PendingWrite(KeyChange? change)
{
    private readonly TaskCompletionSource<WriteOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public KeyChange? Change => change;

    /// <summary>The span of the commit that it is; null while nobody traces.</summary>
    public Activity? Span { get; } = IncidentTrace.Here;

    public IncidentKey Key => change!.Before.Key;

    public long Size { get; } = change is null ? 0 : 2_000
        + change.Alerts.Sum(static alert => (long)alert.Size)
        + change.Timeline.Sum(static entry => 500L + (2L * (entry.Detail?.Length ?? 0)));

    public Task<WriteOutcome> Outcome => _outcome.Task;

    public bool IsAnswered => _outcome.Task.IsCompleted;

    public void Answer(WriteOutcome outcome) => _outcome.TrySetResult(outcome);
}
