using System.Diagnostics;
using System.Runtime.InteropServices;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Telemetry;

namespace Incidents.Grains.Intake;

/// <summary>Something that waits at a key, in arrival order.</summary>
internal abstract class Waiting
{
    /// <summary>May be stored already: look it up before deciding.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>The span of the call that brought it; null while nobody traces.</summary>
    public Activity? Span { get; } = IncidentTrace.Here;

    /// <summary>Dropped when not begun by then.</summary>
    public abstract DateTimeOffset Deadline { get; }

    public virtual bool IsBegun => false;

    public abstract void Expire();
}

/// <summary>A delivery's alerts of this key. A long one is stored portion by portion.</summary>
internal sealed class WaitingDelivery(AlertBatch batch) : Waiting
{
    private readonly TaskCompletionSource<ObserveResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AlertResult[] _results = new AlertResult[batch.Alerts.Length];
    private DateTimeOffset _deadline = batch.Deadline;

    public AlertBatch Batch => batch;

    public bool AnyFiring { get; } = batch.AnyFiring;

    /// <summary>About how much memory it takes.</summary>
    public long Bytes { get; } = batch.Alerts.Sum(alert => (long)StoredAlert.SizeOf(batch, alert));

    /// <summary>How many of its alerts are settled.</summary>
    public int Settled { get; private set; }

    public int Left => _results.Length - Settled;

    public override bool IsBegun => Settled > 0;

    public override DateTimeOffset Deadline => _deadline;

    public Task<ObserveResult> Answer => _answer.Task;

    /// <summary>A retry of the same delivery waits with it, and for longer.</summary>
    public void JoinedUntil(DateTimeOffset deadline) => _deadline = deadline > _deadline ? deadline : _deadline;

    public void Settle(AlertResult result)
    {
        _results[Settled++] = result;
        if (Left == 0)
        {
            _answer.TrySetResult(new(ObserveStatus.Done, ImmutableCollectionsMarshal.AsImmutableArray(_results)));
        }
    }

    public override void Expire() => _answer.TrySetResult(ObserveResult.Failed(ObserveStatus.Expired));
}

/// <summary>A person's command. It is always looked up first: people press twice.</summary>
internal sealed class WaitingCommand(IncidentCommand command) : Waiting
{
    private readonly TaskCompletionSource<CommandResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IncidentCommand Command => command;

    /// <summary>About what it adds to a packet: its texts go into the timeline and the incident's row.</summary>
    public long Bytes { get; } = 500
        + (2L * ((command.ActionTaken?.Length ?? 0) + (command.RootCause?.Length ?? 0)))
        + (command.Note?.Length ?? 0);

    public override DateTimeOffset Deadline => command.Deadline;

    public Task<CommandResult> Answer => _answer.Task;

    public void Settle(CommandResult result) => _answer.TrySetResult(result);

    public override void Expire() => Settle(new(CommandOutcome.Expired, null));
}

/// <summary>The sweeper's poke.</summary>
internal sealed class WaitingReview(DateTimeOffset deadline) : Waiting
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override DateTimeOffset Deadline => deadline;

    public Task Answer => _answer.Task;

    public void Settle() => _answer.TrySetResult();

    public override void Expire() => Settle();
}
