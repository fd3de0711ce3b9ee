using System.Collections.Immutable;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.Grains.Slack;
using Microsoft.Extensions.Logging;
using MySqlConnector;
using Orleans.Concurrency;

namespace Incidents.Grains;

/// <summary>
/// Tells one channel, one call after the other, as long as something waits. Reentrant, so that it can be woken and looked
/// at meanwhile. What waits is in MySQL; in memory there is only how fast, and whose counts moved.
/// </summary>
[GrainType("slack-channel"), Reentrant]
internal sealed partial class SlackChannelGrain(
    CardRows rows, CardDelivery delivery, SlackSettings settings, TimeProvider clock, ILogger<SlackChannelGrain> logger)
    : Grain, ISlackChannelGrain
{
    // What is not due yet, or claimed by a silo that died, is looked for so often.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StaysAwake = TimeSpan.FromMinutes(2);
    private const int MostCounts = 100;

    private ChannelPace _pace = null!;
    private MovedCounts _moved = null!;
    private TaskCompletionSource _woken = New();
    private SlackChannelView _view = null!;
    private Task? _work;
    private DateTimeOffset _countsAt;
    private bool _again;
    private bool _stopping;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _pace = ChannelPace.Of(settings.Options, clock.GetUtcNow());
        _moved = new(settings.Options.CountEvery);
        _view = new() { Channel = this.GetPrimaryKeyString() };
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stopping = true;
        _woken.TrySetResult();
        await (_work ?? Task.CompletedTask).WaitAsync(cancellationToken); // a call under way has an end that is worth knowing
    }

    public Task Wake(ImmutableArray<IncidentId> counted)
    {
        _moved.Add(counted);
        _again = true;
        _woken.TrySetResult();
        _work ??= Work();
        return Task.CompletedTask;
    }

    public Task<SlackChannelView> GetState() =>
        Task.FromResult(_view with { PausedUntil = _pace.PausedUntil > clock.GetUtcNow() ? _pace.PausedUntil : null });

    private async Task Work()
    {
        await Task.Yield();
        try
        {
            while (_again && !_stopping)
            {
                _again = false;
                _woken = New();
                DelayDeactivation(StaysAwake);
                if (await Turn() is { } wait)
                {
                    _again = true;
                    await Task.WhenAny(_woken.Task, Task.Delay(wait < LookEvery ? wait : LookEvery, clock));
                }
            }
        }
        finally
        {
            _work = null;
        }
    }

    /// <returns>How long to wait at most before the next turn; null when nothing is left to tell.</returns>
    private async Task<TimeSpan?> Turn()
    {
        try
        {
            var now = clock.GetUtcNow().ToMicroseconds();
            var waiting = await rows.Look(this.GetPrimaryKeyString(), settings.TopSeverity, now, CancellationToken.None);
            _view = _view with { Pending = waiting.Pending, PendingSince = waiting.Since };
            if (await News(waiting, now) is var news && news == TimeSpan.Zero)
            {
                return news;
            }

            var counts = await Counts(now);
            _view = waiting.Pending == 0 && counts is null ? _view with { Delay = null } : _view;
            return waiting.Pending == 0 ? counts : counts < news ? counts : news ?? LookEvery;
        }
        catch (MySqlException exception)
        {
            LogDatabase(exception.Message);
            return LookEvery;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it was, the channel goes on: its incidents wait in MySQL.
            LogBug(this.GetPrimaryKeyString(), exception);
            return LookEvery;
        }
    }

    /// <summary>What is new first, then what changed; a budget that is used up lets the other go ahead.</summary>
    private async Task<TimeSpan?> News(Waiting waiting, DateTimeOffset now)
    {
        TimeSpan? shortest = null;
        foreach (var card in waiting.Messages.Take(1).Concat(waiting.Edits.Take(1)))
        {
            var wait = await TryTell(card, DeliveryRules.Next(card), now);
            if (wait == TimeSpan.Zero)
            {
                return wait;
            }

            shortest = shortest is null || wait < shortest ? wait : shortest;
        }

        return shortest;
    }

    /// <summary>Only what is left of the edits is for counts.</summary>
    private async Task<TimeSpan?> Counts(DateTimeOffset now)
    {
        if (_countsAt > now)
        {
            return _countsAt - now;
        }

        var due = _moved.Due(now, MostCounts);
        if (due.Count == 0)
        {
            return _moved.WaitFor(now);
        }

        var told = await rows.Told(this.GetPrimaryKeyString(), due, CancellationToken.None);
        foreach (var incident in due.Except(told.Select(static card => card.IncidentId)))
        {
            _moved.Done(incident); // an edit of its state is on its way, or it is another channel's
        }

        if (told.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var wait = await TryTell(told[0], CardStep.Count, now);
        if (wait == TimeSpan.Zero)
        {
            _moved.Told(told[0].IncidentId, now);
        }

        _countsAt = now + wait;
        return wait;
    }

    /// <returns>Zero when a call was made.</returns>
    private async Task<TimeSpan> TryTell(CardRow card, CardStep step, DateTimeOffset now)
    {
        var workspace = GrainFactory.GetGrain<ISlackWorkspaceGrain>(ISlackWorkspaceGrain.Key);
        var (wait, why) = step == CardStep.Post ? _pace.WaitFor(now) : default;
        if (wait == TimeSpan.Zero)
        {
            (wait, why) = await workspace.Lease(DeliveryRules.Use(step), this.GetPrimaryKeyString());
        }

        if (wait > TimeSpan.Zero)
        {
            _view = _view with { Delay = why };
            return wait;
        }

        _pace = step == CardStep.Post ? _pace.Take(now) : _pace;
        if (await delivery.Deliver(card, step, CancellationToken.None) is { } settled)
        {
            await Learn(card, step, settled, workspace);
        }

        return TimeSpan.Zero;
    }

    private async Task Learn(CardRow card, CardStep step, CardSettlement settled, ISlackWorkspaceGrain workspace)
    {
        var told = settled.Row.LastError is null;
        _pace = settled.PauseChannel is { } pause ? _pace.Paused(clock.GetUtcNow() + pause) : _pace;
        _view = _view with
        {
            Delay = settled.Delay,
            LastError = settled.Row.LastError,
            Posted = _view.Posted + (told && step == CardStep.Post ? 1 : 0),
            Edited = _view.Edited + (told && step is CardStep.Edit or CardStep.Count ? 1 : 0),
        };
        if (!told)
        {
            LogNotTold(card.IncidentId.Key, card.IncidentId, step, card.Channel, settled.Delay, settled.Row.LastError);
        }

        if (settled.Trouble is { } trouble)
        {
            await workspace.Report(trouble);
        }
        else if (told)
        {
            await workspace.Report(new(null, DeliveryRules.Use(step), default, null));
        }

        if (settled.Row.Channel != card.Channel)
        {
            await GrainFactory.GetGrain<ISlackChannelGrain>(settled.Row.Channel).Wake([]);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "{IncidentKey}: {IncidentId} not told to Slack now ({Step} in {Channel}), {Delay}: {Error}")]
    private partial void LogNotTold(
        IncidentKey incidentKey, IncidentId incidentId, CardStep step, string channel, SlackDelay? delay, string? error);

    [LoggerMessage(LogLevel.Warning, "What is to be told to Slack cannot be read or written now: {Message}")]
    private partial void LogDatabase(string message);

    [LoggerMessage(LogLevel.Error, "Channel {Channel} failed, and goes on")]
    private partial void LogBug(string channel, Exception bug);
}
