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
        if (settings.Mode == SlackMode.Off)
        {
            // Another silo has the settings: the channel is told from there.
            LogNoSettings(this.GetPrimaryKeyString());
            DeactivateOnIdle();
            return Task.CompletedTask;
        }

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
                if (await Turn() is { } rest)
                {
                    _again = true;
                    var end = Task.Delay(rest.Length < LookEvery ? rest.Length : LookEvery, clock);
                    await (rest.EndsWithNews ? Task.WhenAny(_woken.Task, end) : end);
                }
            }
        }
        finally
        {
            _work = null;
        }
    }

    /// <returns>Until the next turn; null when nothing is left to tell.</returns>
    private async Task<ChannelRest?> Turn()
    {
        try
        {
            var now = clock.GetUtcNow().ToMicroseconds();
            var waiting = await rows.Look(this.GetPrimaryKeyString(), settings.TopSeverity, now, CancellationToken.None);
            _view = _view with { Pending = waiting.Pending, PendingSince = waiting.Since };
            if (await News(waiting, now) is var news && news == TimeSpan.Zero)
            {
                return new(TimeSpan.Zero, EndsWithNews: true);
            }

            var counts = await Counts(now);
            _view = waiting.Pending == 0 && counts is null ? _view with { Delay = null }
                : news is null && waiting.Pending > 0 ? _view with { Delay = _view.Delay ?? SlackDelay.Unsure }
                : _view;
            return news is { } wait ? new(counts < wait ? counts.Value : wait, EndsWithNews: false)
                : waiting.All > 0 || counts is not null ? new(counts ?? LookEvery, EndsWithNews: true)
                : null;
        }
        catch (MySqlException exception)
        {
            LogDatabase(exception.Message);
            return new(LookEvery, EndsWithNews: false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it was, the channel goes on: its incidents wait in MySQL.
            LogBug(this.GetPrimaryKeyString(), exception);
            return new(LookEvery, EndsWithNews: false);
        }
    }

    /// <summary>What is new first, then what changed; where a budget is used up the next kind goes ahead.</summary>
    /// <returns>Zero when a call was made; null when nothing is due.</returns>
    private async Task<TimeSpan?> News(Waiting waiting, DateTimeOffset now)
    {
        TimeSpan? shortest = null;
        foreach (var (card, step) in FirstOfEachKind(waiting))
        {
            var (wait, _) = await TryTell(card, step, now);
            if (wait == TimeSpan.Zero)
            {
                return wait;
            }

            shortest = shortest is null || wait < shortest ? wait : shortest;
        }

        return shortest;
    }

    private IEnumerable<(CardRow Card, CardStep Step)> FirstOfEachKind(Waiting waiting) => waiting.Messages.Concat(waiting.Edits)
        .Select(card => (card, Step: DeliveryRules.Next(card, settings.CanLook)))
        .DistinctBy(static one => DeliveryRules.Use(one.Step));

    /// <summary>Only what is left of the edits is for counts.</summary>
    private async Task<TimeSpan?> Counts(DateTimeOffset now)
    {
        if (_countsAt > now)
        {
            return _countsAt - now;
        }

        var due = _moved.Take(now, MostCounts);
        if (due.Count == 0)
        {
            return _moved.WaitFor(now);
        }

        // What is not among them is told already, or about to be with an edit of its state, or in another channel.
        var cards = (await rows.Miscounted(this.GetPrimaryKeyString(), due, CancellationToken.None)).ToDictionary(static card => card.IncidentId);
        var left = due.FindAll(cards.ContainsKey);
        if (left.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var (wait, settled) = await TryTell(cards[left[0]], CardStep.Count, now);
        _moved.PutBack(settled is { IsTold: true } ? left[1..] : left);
        if (wait == TimeSpan.Zero)
        {
            _moved.Told(left[0], now);
        }

        _countsAt = now + wait;
        return wait;
    }

    /// <returns>Zero when a call was made, and what came of it.</returns>
    private async Task<(TimeSpan Wait, CardSettlement? Settled)> TryTell(CardRow card, CardStep step, DateTimeOffset now)
    {
        var workspace = GrainFactory.GetGrain<ISlackWorkspaceGrain>(ISlackWorkspaceGrain.Key);
        var lease = step == CardStep.Post ? _pace.WaitFor(now) : SlackLease.Go;
        lease = lease.IsGranted ? await workspace.Lease(DeliveryRules.Use(step), this.GetPrimaryKeyString()) : lease;
        if (!lease.IsGranted)
        {
            _view = _view with { Delay = lease.Why };
            return (lease.Wait, null);
        }

        _pace = step == CardStep.Post ? _pace.Take(now) : _pace;
        var settled = await delivery.Deliver(card, step, CancellationToken.None);
        if (settled is not null)
        {
            await Learn(card, step, settled, workspace);
        }

        return (TimeSpan.Zero, settled);
    }

    private async Task Learn(CardRow card, CardStep step, CardSettlement settled, ISlackWorkspaceGrain workspace)
    {
        _pace = _pace.After(step, settled, clock.GetUtcNow());
        _view = _view with
        {
            Delay = settled.Delay,
            LastError = settled.Row.LastError,
            Posted = _view.Posted + (settled.IsTold && step == CardStep.Post ? 1 : 0),
            Edited = _view.Edited + (settled.IsTold && step is CardStep.Edit or CardStep.Count ? 1 : 0),
        };
        if (!settled.IsTold)
        {
            LogNotTold(card.IncidentId.Key, card.IncidentId, step, card.Channel, settled.Delay, settled.Row.LastError);
        }

        if (settled.Trouble is { } trouble)
        {
            await workspace.Report(trouble);
        }
        else if (settled.ProvesToken)
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

    [LoggerMessage(LogLevel.Warning, "Channel {Channel} cannot be told from this silo, which has no Slack:BotToken or Slack:WebhookUrl")]
    private partial void LogNoSettings(string channel);
}
