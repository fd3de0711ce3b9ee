using Incidents.Grains.Domain;
using Incidents.Grains.MySql;
using Incidents.Grains.Slack.Card;
using Incidents.Grains.Telemetry;

namespace Incidents.Grains.Slack;

/// <summary>Carries out one step for one incident: claim, read what it is now, call Slack, write what came of it.</summary>
internal sealed class CardDelivery(
    CardRows rows, CardReader reader, SlackClient slack, SlackInstruments instruments, SlackSettings settings, TimeProvider clock)
{
    // A claim outlives every call and the two tries of one delivery.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <returns>Null when somebody else is at it.</returns>
    public async Task<CardSettlement?> Deliver(CardRow card, CardStep step, CancellationToken cancel)
    {
        var claim = Guid.CreateVersion7(clock.GetUtcNow());
        var began = clock.GetUtcNow().ToMicroseconds();
        var calling = DeliveryRules.CallingSince(card, step, settings.At(began, began));
        if (!await rows.Claim(card, claim, Lease(step), calling, cancel))
        {
            return null;
        }

        var delivered = await Call(card, step, cancel);
        var now = clock.GetUtcNow().ToMicroseconds();
        var settlement = DeliveryRules.Settle(card, step, delivered, settings.At(began, now));
        instruments.OnCall(step, delivered.Reply.Outcome);
        if (await rows.Settle(card, claim, settlement, cancel) && delivered.Reply.Outcome == SlackOutcome.Done)
        {
            instruments.OnTold(step, card.PendingSince is { } since ? now - since : null);
        }

        return settlement;
    }

    /// <summary>A post may appear until it is settled.</summary>
    private TimeSpan Lease(CardStep step)
    {
        var (calls, settles) = ((settings.Options.AnswerWithin * 2) + Margin, settings.Options.SettleAfter);
        return step == CardStep.Post && settings.CanLook && settles > calls ? settles : calls;
    }

    private async Task<Delivered> Call(CardRow card, CardStep step, CancellationToken cancel)
    {
        if (step == CardStep.Find)
        {
            return new(await slack.Find(card.Channel, card.Mark, card.CallingSince!.Value, cancel));
        }

        if (await reader.Read(card.IncidentId, cancel) is not { } facts)
        {
            return new(new(SlackOutcome.Refused, "the incident is gone"));
        }

        var reply = settings.Mode == SlackMode.Webhook
            ? await Tell(card, facts, cancel)
            : await Show(card, step, facts, cancel);
        return new(reply, facts.Revision, facts.Alerts);
    }

    /// <summary>A line for what is new, or more severe, and one for the end; nothing in between.</summary>
    private async Task<SlackReply> Tell(CardRow card, CardFacts facts, CancellationToken cancel) =>
        card.WantsMessage || facts.ResolvedRevision > card.SentRevision
            ? await slack.Tell(CardRenderer.Line(facts), cancel)
            : new(SlackOutcome.Done);

    private async Task<SlackReply> Show(CardRow card, CardStep step, CardFacts facts, CancellationToken cancel)
    {
        var reply = await Send(step == CardStep.Point
            ? CardRenderer.Pointer(facts)
            : CardRenderer.Card(facts, settings.Style, isNew: step == CardStep.Post));
        return reply.Outcome == SlackOutcome.Refused && step != CardStep.Point
            ? await Send(CardRenderer.Plain(facts)) // so that at least the fact is told
            : reply;

        Task<SlackReply> Send(SlackMessage message) => step switch
        {
            CardStep.Post => slack.Post(card.Channel, message, card.Mark, cancel),
            CardStep.Point => slack.Edit(card.Former[0].Channel, card.Former[0].Ts, message, cancel),
            _ => slack.Edit(card.Message!.Channel, card.Message.Ts, message, cancel),
        };
    }
}
