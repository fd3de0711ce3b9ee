using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Senders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.Grains;

/// <summary>Woken every minute by a reminder: looks who is silent (<see cref="SilenceRules"/>) and tells of it by
/// alerts that go the way of all alerts. Whatever is told is kept before, and its delivery ids follow from it, so a
/// silo may be lost at any point.</summary>
[GrainType("sender-watch")]
internal sealed partial class SenderWatchGrain(
    [PersistentState("sender-watch")] IPersistentState<SenderWatchState> stored,
    SeenSenders senders,
    IOptions<SilenceOptions> options,
    TimeProvider clock,
    ILogger<SenderWatchGrain> logger) : Grain, ISenderWatchGrain, IRemindable
{
    private const string Reminder = "look";
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1); // Orleans allows no less
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellWithin = TimeSpan.FromSeconds(3); // less than the call's own timeout

    private SenderWatchState _state = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state = stored.State;
        return Task.CompletedTask;
    }

    public Task Watch() => this.RegisterOrUpdateReminder(Reminder, First, Every);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Look();

    public Task<SenderWatchState> GetState() => Task.FromResult(_state);

    public async Task Look()
    {
        if (!options.Value.WatchesAny && _state.Silences.IsEmpty)
        {
            return;
        }

        try
        {
            var now = clock.GetUtcNow().ToMicroseconds();
            var seen = await senders.All();
            await Keep(SilenceRules.Look(_state, seen, now, options.Value));
            var open = await senders.Open([.. _state.Silences.Values.Select(static s => s.Incident).OfType<IncidentId>()]);
            var next = _state;
            foreach (var news in SilenceRules.Decide(_state, seen, open, now, options.Value))
            {
                next = await Tell(news) is { } incident ? SilenceRules.Told(next, news, incident) : next;
            }

            await Keep(next);
        }
        catch (MySqlException exception)
        {
            LogUnavailable(exception.Message);
        }
    }

    /// <summary>Null when it is not known to be stored; the next look tells it again.</summary>
    private async Task<IncidentId?> Tell(SilenceNews news)
    {
        var key = IncidentKey.Of(SilenceAlert.PartsOf(news.Sender));
        try
        {
            var result = await GrainFactory.GetGrain<IIncidentKeyGrain>(key.Value)
                .Observe(SilenceAlert.Of(news, options.Value.Severity, clock.GetUtcNow() + TellWithin));
            if (result is { Status: ObserveStatus.Done, Alerts: [{ IncidentId: { } incident }] })
            {
                LogTold(key, news.Sender, news.Reason, news.Silence.Since, incident);
                return incident;
            }

            LogNotTold(key, news.Sender, news.Reason, $"{result.Status}");
            return null;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or OperationCanceledException)
        {
            LogNotTold(key, news.Sender, news.Reason, exception.Message);
            return null;
        }
    }

    /// <summary>Memory follows the storage. A write that failed, or may have, or that another activation came before,
    /// ends this one: the next reads what is stored.</summary>
    private async Task Keep(SenderWatchState next)
    {
        if (next == _state)
        {
            return;
        }

        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        _state = next;
    }

    [LoggerMessage(LogLevel.Information, "{IncidentKey}: sender {Sender} {Reason}, last heard {Since}: told in {IncidentId}")]
    private partial void LogTold(
        IncidentKey incidentKey, string sender, SilenceReason reason, DateTimeOffset since, IncidentId incidentId);

    [LoggerMessage(LogLevel.Warning, "{IncidentKey}: sender {Sender} {Reason} could not be told of now: {Message}")]
    private partial void LogNotTold(IncidentKey incidentKey, string sender, SilenceReason reason, string message);

    [LoggerMessage(LogLevel.Warning, "Who is silent cannot be read now: {Message}")]
    private partial void LogUnavailable(string message);
}
