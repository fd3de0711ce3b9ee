using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;

namespace Incidents.Grains.Tests.Domain;

/// <summary>One thing that the rules decide on.</summary>
/// <param name="Alert">Its delivery and position, if it is an alert.</param>
internal sealed record Input(DateTimeOffset Now, Action<KeyDraft> Feed, (Guid DeliveryId, int Position)? Alert, bool IsReview);

/// <summary>Makes inputs of happenings: holds the clock, what was delivered and who was first.</summary>
internal sealed class Inputs
{
    private readonly List<AlertBatch> _delivered = [];
    private DateTimeOffset _now = Alerts.Noon;
    private int _names;
    private IncidentId? _first;

    public IEnumerable<Input> Of(Happening happening, Episode? last)
    {
        _first ??= last?.Id;
        switch (happening)
        {
            case Happening.Wait wait:
                _now += wait.Time;
                return [];
            case Happening.Review:
                return [new(_now, static draft => draft.Review(), null, true)];
            case Happening.Order order:
                var command = Command(order, last);
                return [new(_now, draft => draft.Command(command), null, false)];
            case Happening.Deliver deliver:
                return Delivered(Batch(deliver));
            case Happening.DeliverAgain again:
                return again.Back <= _delivered.Count ? Delivered(Again(again)) : [];
            default:
                throw new ArgumentOutOfRangeException(nameof(happening), happening, null);
        }
    }

    private IEnumerable<Input> Delivered(AlertBatch batch)
    {
        _delivered.Add(batch);
        return batch.Alerts.Select(alert => new Input(
            _now,
            draft => draft.Observe(batch, alert, batch.AnyFiring),
            (batch.DeliveryId, alert.Position),
            false));
    }

    private AlertBatch Batch(Happening.Deliver deliver) =>
        Alerts.Batch(_now - TimeSpan.FromSeconds(deliver.LagSeconds), [.. deliver.Alerts.Select(Alert)]) with
        {
            DeliveryId = NextName(),
            Group = $"{deliver.Group:x16}",
            Truncated = deliver.Truncated,
            IsTest = deliver.IsTest,
        };

    private AlertBatch Again(Happening.DeliverAgain again)
    {
        var earlier = _delivered[^again.Back];
        return earlier with
        {
            DeliveryId = NextName(),
            ReceivedAt = _now,
            Alerts = again.Backwards ? [.. earlier.Alerts.Reverse()] : earlier.Alerts,
        };
    }

    private static Alert Alert(Sent sent) => Alerts.Firing(sent.Fingerprint, severity: sent.Severity) with
    {
        State = sent.State,
        StartsAt = Time(sent.StartsAt),
        EndsAt = Time(sent.EndsAt),
    };

    private IncidentCommand Command(Happening.Order order, Episode? last) => new()
    {
        CommandId = NextName(),
        Kind = order.Kind,
        IncidentId = (order.OldIncident ? _first : last?.Id) ?? IncidentId.Next(IncidentKey.Of(Alerts.Parts), null, _now),
        Revision = order.Seen switch
        {
            SeenRevision.Current => last?.Revision,
            SeenRevision.Stale => (last?.Revision ?? 1) - 1,
            SeenRevision.Any => null,
        },
        Actor = "mina",
        Deadline = _now,
        ActionTaken = order.Kind is CommandKind.Resolve or CommandKind.Amend && order.OldIncident ? "restarted \"it\" ü" : null,
        IsNoise = order.Kind is CommandKind.Resolve or CommandKind.Amend && order.Seen == SeenRevision.Any ? true : null,
        SaidBy = order.OldIncident ? "the \"on-call\"" : null,
        Note = order.Kind == CommandKind.Note ? "looking\nat it 👀" : null,
        Amends = order.Kind != CommandKind.Amend ? Findings.None
            : order.Seen == SeenRevision.Any ? Findings.IsNoise | Findings.RootCause : Findings.ActionTaken,
    };

    private Guid NextName() => new(++_names, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static DateTimeOffset? Time(int? minutes) =>
        minutes is { } after ? Alerts.Noon + TimeSpan.FromMinutes(after) : null;
}
