using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Intake;

/// <summary>
/// The loop of one key: take all that waits, load, decide on it as a whole, commit, adopt, answer. Single-threaded by
/// its caller (a grain's turns). Memory is never ahead of the database: after a commit that failed, or may have, it
/// reloads and decides again.
/// </summary>
internal sealed partial class KeyOwner(
    IncidentKey key,
    KeyStore store,
    IOptions<EpisodeOptions> episodes,
    IOptions<IntakeOptions> intake,
    TimeProvider clock,
    ILogger<KeyOwner> logger)
{
    // Losing again and again is no rival (it would have to answer first) but a stranger who writes to our tables.
    private const int LossesInARow = 3;

    private readonly WaitingQueue _queue = new(intake.Value);
    private KeyState? _state;
    private Task? _flush;
    private int _most = store.MaxAlerts;
    private int _losses;
    private Entry? _refused;
    private TimeSpan _pause;
    private int _counted;

    /// <summary>What it last committed or loaded; null when that is in doubt.</summary>
    public KeyState? State => _state;

    /// <summary>For people, of what is in memory; null when nothing is.</summary>
    public KeyView? View => _state?.View(_queue.Alerts);

    /// <summary>Completes when nothing waits any more.</summary>
    public Task Idle => _flush ?? Task.CompletedTask;

    public Task<ObserveResult> Observe(AlertBatch batch)
    {
        if (_queue.Join(batch) is not { } delivery)
        {
            store.Instruments.OnDeliveryOverloaded();
            return Task.FromResult(ObserveResult.Failed(ObserveStatus.Overloaded));
        }

        CountWaiting();
        _flush ??= Flush();
        return delivery.Answer;
    }

    public Task<CommandResult> Command(IncidentCommand command)
    {
        var waiting = new WaitingCommand(command);
        return Add(waiting) ? waiting.Answer : Task.FromResult(new CommandResult(CommandOutcome.Overloaded, null));
    }

    public Task Review(DateTimeOffset deadline)
    {
        var waiting = new WaitingReview(deadline);
        return Add(waiting) ? waiting.Answer : Task.CompletedTask;
    }

    private bool Add(Waiting waiting)
    {
        var room = _queue.TryAdd(waiting);
        if (room)
        {
            _flush ??= Flush();
        }

        return room;
    }

    private async Task Flush()
    {
        await Task.Yield(); // what is queued already joins the first portion
        try
        {
            while (!_queue.IsEmpty)
            {
                store.Instruments.OnDeliveriesExpired(_queue.DropExpired(clock.GetUtcNow()));
                if (_queue.Take(_most, store.MaxBytes) is { Entries.Count: > 0 } portion)
                {
                    await SettleOrRefuse(portion);
                }

                CountWaiting();
            }
        }
        finally
        {
            _flush = null;
        }
    }

    private async Task SettleOrRefuse(Portion portion)
    {
        try
        {
            await Settle(portion);
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            // An entry that our own rules choke on must not stop its key for good: it is set aside like one that the
            // database refuses.
            LogBug(key, bug);
            _state = null;
            portion.MakeSuspect();
            Narrow(portion, "an error of the service itself, see its log");
        }
    }

    private async Task Settle(Portion portion)
    {
        var (suspects, commands) = (portion.Suspects, portion.Commands);
        Loaded? found = null;
        if (_state is null || suspects.Count > 0 || commands.Count > 0)
        {
            using var load = IncidentTrace.Load(key, portion);
            found = await store.Load(new(key, _state is null, suspects, commands, portion.Named(key, _state?.Last?.Id)));
            if (found is null)
            {
                await Pause();
                return;
            }

            _state ??= found.State;
        }

        var settlement = Decide(portion, found);
        using var commit = IncidentTrace.Commit(key, portion);
        var outcome = await store.Write(settlement.Change);
        commit.Outcome(outcome.Status);
        switch (outcome.Status)
        {
            case WriteStatus.Committed:
                _state = settlement.Change.Committed;
                (_most, _losses, _pause, _refused) = (Math.Min(_most * 2, store.MaxAlerts), 0, default, null);
                settlement.Answer(outcome.Counts);
                _queue.Settled(portion);
                break;
            case WriteStatus.Busy:
                await Pause();
                break;
            case WriteStatus.Unstorable:
                Narrow(portion, outcome.Error);
                break;
            case WriteStatus.Lost or WriteStatus.AlreadyStored:
                _state = null;
                portion.MakeSuspect();
                await (++_losses > LossesInARow ? Pause() : Task.CompletedTask);
                break;
            case WriteStatus.Unknown:
                _state = null;
                portion.MakeSuspect();
                await Pause();
                break;
        }
    }

    private Settlement Decide(Portion portion, Loaded? found)
    {
        using var decide = IncidentTrace.Decide(key, portion);
        return Settlement.Of(portion, _state!, found, clock.GetUtcNow().ToMicroseconds(), episodes.Value);
    }

    private void CountWaiting()
    {
        store.Instruments.OnWaiting(_queue.Alerts - _counted);
        _counted = _queue.Alerts;
    }

    /// <summary>Finds the bad entry by halving, and refuses it when it is alone and was refused before: that cannot be taken
    /// back, so it is tried once more upon what is loaded anew.</summary>
    private void Narrow(Portion portion, string? error)
    {
        if (portion.Entries.Count > 1)
        {
            _most = portion.Entries.Count / 2;
            return;
        }

        if (_refused != portion.Entries[0])
        {
            LogOnceMore(key, error);
            _refused = portion.Entries[0];
            _state = null;
            portion.MakeSuspect();
            return;
        }

        LogUnstorable(key, error);
        _refused = null;
        switch (portion.Entries[0])
        {
            case (WaitingDelivery delivery, { } alert):
                store.Instruments.OnAlertUnstorable();
                delivery.Settle(new(alert.Position, AlertFate.Unstorable, null, false, 0, null, null));
                break;
            case (WaitingCommand command, _):
                command.Settle(new(CommandOutcome.Unstorable, null));
                break;
            case (WaitingReview review, _):
                review.Settle();
                break;
        }

        _queue.Settled(portion);
    }

    private Task Pause()
    {
        var pause = _pause == default ? intake.Value.FirstPause : _pause;
        _pause = pause * 2 < intake.Value.LongestPause ? pause * 2 : intake.Value.LongestPause;
        return Task.Delay(pause, clock);
    }

    [LoggerMessage(LogLevel.Error, "{IncidentKey}: a portion could not be settled")]
    private partial void LogBug(IncidentKey incidentKey, Exception bug);

    [LoggerMessage(LogLevel.Warning, "{IncidentKey}: one entry is refused, it is tried once more: {Error}")]
    private partial void LogOnceMore(IncidentKey incidentKey, string? error);

    [LoggerMessage(LogLevel.Warning, "{IncidentKey}: the database refuses one entry: {Error}")]
    private partial void LogUnstorable(IncidentKey incidentKey, string? error);
}
