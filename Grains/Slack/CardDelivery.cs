using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Incidents.Grains.Slack;

/// <summary>Carries out one step for one incident: claim, read what it is now, call Slack, write what came of it.</summary>
internal sealed partial class CardDelivery(
    CardRows rows, CardPainter painter, SlackClient slack, SlackInstruments instruments, SlackSettings settings, TimeProvider clock,
    ILogger<CardDelivery> logger)
{
    private const int SettleTries = 3;
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettleAgainAfter = TimeSpan.FromMilliseconds(500);

    /// <returns>Null when somebody else is at it.</returns>
    public async Task<CardSettlement?> Deliver(CardRow card, CardStep step, CancellationToken cancel)
    {
        var claim = Guid.CreateVersion7(clock.GetUtcNow());
        var (began, started) = (clock.GetUtcNow().ToMicroseconds(), clock.GetTimestamp());
        var posts = step == CardStep.Post && settings.CanLook;
        var lease = posts ? settings.Options.SettleAfter : settings.Options.AnswerWithin + ReadWithin;
        if (!await rows.Claim(card, claim, lease, posts, began, DeliveryRules.LateUntil(step, settings.At(began, began)), cancel))
        {
            return null;
        }

        var delivered = await Call(card, step, began, () => clock.GetElapsedTime(started) > lease - settings.Options.AnswerWithin, cancel);
        var now = clock.GetUtcNow().ToMicroseconds();
        var settlement = DeliveryRules.Settle(card, step, delivered, settings.At(began, now));
        instruments.OnCall(step, delivered.Reply.Outcome);
        if (await Settle(card, claim, settlement, cancel) && settlement.IsTold)
        {
            instruments.OnTold(step, card.PendingSince is { } since ? now - since : null);
        }

        return settlement;
    }

    /// <param name="isLate">A silo that was frozen meanwhile may no longer be the one that tells.</param>
    private async Task<Delivered> Call(CardRow card, CardStep step, DateTimeOffset began, Func<bool> isLate, CancellationToken cancel)
    {
        if (step == CardStep.Find)
        {
            var (since, channel, raised) = card.Posting!;
            return new(await slack.Find(channel, new(card.IncidentId, raised, since), since, cancel));
        }

        Painted? painted;
        try
        {
            painted = await painter.Paint(card, step, cancel);
        }
        catch (MySqlException exception)
        {
            return new(new(SlackOutcome.NotSent, $"MySQL: error {exception.Number}"));
        }

        if (painted is null)
        {
            return new(new(SlackOutcome.Done), card.DesiredRevision, card.SentAlerts); // nothing of it is told in this way
        }

        var reply = isLate()
            ? new(SlackOutcome.NotSent, "too late for its claim")
            : await Send(card, step, painted.Message, began, cancel);
        return new(reply, painted.Revision, painted.Alerts);
    }

    private Task<SlackReply> Send(CardRow card, CardStep step, SlackMessage message, DateTimeOffset began, CancellationToken cancel) => (settings.Mode, step) switch
    {
        (SlackMode.Webhook, _) => slack.Tell(message.Text, cancel),
        (_, CardStep.Post) => slack.Post(card.Channel, message, new(card.IncidentId, card.RaisedRevision, began), cancel),
        (_, CardStep.Point) => slack.Edit(card.Former[0].Channel, card.Former[0].Ts, message, cancel),
        _ => slack.Edit(card.Message!.Channel, card.Message.Ts, message, cancel),
    };

    /// <summary>More than once if need be: what Slack said is known only here, and the claim makes it one.</summary>
    private async Task<bool> Settle(CardRow card, Guid claim, CardSettlement settlement, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await rows.Settle(card, claim, settlement, cancel);
            }
            catch (MySqlException exception) when (attempt < SettleTries)
            {
                LogNotSettled(card.IncidentId.Key, card.IncidentId, exception.Message);
                await Task.Delay(SettleAgainAfter, clock, cancel);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{IncidentKey}: what Slack said of {IncidentId} could not be written, once more: {Message}")]
    private partial void LogNotSettled(IncidentKey incidentKey, IncidentId incidentId, string message);
}
