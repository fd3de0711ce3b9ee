using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;

namespace Incidents.Grains.Intake;

/// <summary>
/// The decision on one portion, and the answers it will give once it is committed. Pure: made of a state, what was
/// looked up, the portion and now.
/// </summary>
internal sealed class Settlement
{
    private readonly List<Action<IReadOnlyDictionary<IncidentId, long>>> _answers = [];
    private readonly Dictionary<Guid, (IncidentCommand Command, CommandResult First)> _carriedOut = [];

    private Settlement(KeyChange change) => Change = change;

    public KeyChange Change { get; private set; }

    public static Settlement Of(Portion portion, KeyState state, Loaded? found, DateTimeOffset now, EpisodeOptions options)
    {
        var draft = new KeyDraft(state, now, options, found?.Named);
        var settlement = new Settlement(draft.Finish());
        foreach (var (item, alert) in portion.Entries)
        {
            settlement.Decide(draft, item, alert, found);
        }

        settlement.Change = draft.Finish();
        return settlement;
    }

    /// <summary>Answers everyone. Only after the commit.</summary>
    public void Answer(IReadOnlyDictionary<IncidentId, long> counts) => _answers.ForEach(answer => answer(counts));

    private void Decide(KeyDraft draft, Waiting item, Alert? alert, Loaded? found)
    {
        switch (item)
        {
            case WaitingDelivery delivery when
                found is not null && found.Stored.TryGetValue((delivery.Batch.DeliveryId, alert!.Position), out var before):
                _answers.Add(_ => delivery.Settle(new(
                    alert.Position, AlertFate.Duplicate, before.IncidentId, false, before.AlertCount, before.Status, null)));
                break;
            case WaitingDelivery delivery:
                var stored = draft.Observe(delivery.Batch, alert!, delivery.AnyFiring);
                _answers.Add(counts => delivery.Settle(Result(stored, counts)));
                break;
            case WaitingCommand command when
                found is not null && found.Done.TryGetValue(command.Command.CommandId, out var done):
                var first = RepeatedCommand.Answer(command.Command, done, draft.View(command.Command.IncidentId));
                _answers.Add(_ => command.Settle(first));
                break;
            case WaitingCommand command when _carriedOut.TryGetValue(command.Command.CommandId, out var twin):
                var repeated = RepeatedCommand.Answer(command.Command, twin.Command, twin.First);
                _answers.Add(_ => command.Settle(repeated));
                break;
            case WaitingCommand command:
                var result = Carry(draft, command.Command);
                _answers.Add(_ => command.Settle(result));
                break;
            case WaitingReview review:
                draft.Review();
                _answers.Add(_ => review.Settle());
                break;
        }
    }

    private CommandResult Carry(KeyDraft draft, IncidentCommand command)
    {
        var outcome = draft.Command(command);
        var result = new CommandResult(outcome, draft.View(command.IncidentId));
        if (outcome == CommandOutcome.Done)
        {
            // The same one again within this portion, from a retry that came before the first was answered.
            _carriedOut.Add(command.CommandId, (command, result));
        }

        return result;
    }

    private AlertResult Result(StoredAlert stored, IReadOnlyDictionary<IncidentId, long> counts)
    {
        var last = Change.After.Last!;
        var status = last.Id == stored.IncidentId ? last.Status : IncidentStatus.Resolved;
        return new(
            stored.Alert.Position,
            AlertFate.Stored,
            stored.IncidentId,
            stored.IsNew,
            counts.GetValueOrDefault(stored.IncidentId),
            status,
            stored.Reason);
    }
}
