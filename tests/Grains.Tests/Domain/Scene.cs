using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;

namespace Incidents.Grains.Tests.Domain;

/// <summary>One key, a clock moved by hand, and every fact so far.</summary>
internal sealed class Scene(EpisodeOptions? options = null)
{
    public EpisodeOptions Options { get; } = options ?? new();

    public KeyState State { get; private set; } = new(IncidentKey.Of(Alerts.Parts), 1, null);

    public DateTimeOffset Now { get; set; } = Alerts.Noon;

    public List<StoredAlert> Rows { get; } = [];

    public List<TimelineEntry> Timeline { get; } = [];

    public List<Episode> Episodes { get; } = [];

    public Episode Last => State.Last!;

    public IReadOnlyList<StoredAlert> Receive(AlertBatch batch)
    {
        var draft = new KeyDraft(State, Now, Options);
        foreach (var alert in batch.Alerts)
        {
            draft.Observe(batch, alert, batch.AnyFiring);
        }

        return Adopt(draft).Alerts;
    }

    public StoredAlert Receive(Alert alert) => Receive(Alerts.Batch(Now, alert))[0];

    public StoredAlert Fire(string fingerprint = "a", DateTimeOffset? startsAt = null, string severity = "critical") =>
        Receive(Alerts.Firing(fingerprint, startsAt, severity));

    public StoredAlert End(string fingerprint = "a", DateTimeOffset? startsAt = null, DateTimeOffset? endsAt = null) =>
        Receive(Alerts.Resolved(fingerprint, startsAt, endsAt ?? Now));

    public CommandOutcome Command(CommandKind kind, int? revision = null, IncidentId? incident = null)
    {
        var draft = new KeyDraft(State, Now, Options);
        var outcome = draft.Command(new()
        {
            CommandId = Guid.CreateVersion7(Now),
            Kind = kind,
            IncidentId = incident ?? Last.Id,
            Revision = revision,
            Actor = "mina",
            Deadline = Now,
            ActionTaken = kind == CommandKind.Resolve ? "restarted" : null,
        });
        Adopt(draft);
        return outcome;
    }

    public void Review()
    {
        var draft = new KeyDraft(State, Now, Options);
        draft.Review();
        Adopt(draft);
    }

    private KeyChange Adopt(KeyDraft draft)
    {
        var change = draft.Finish();
        Rows.AddRange(change.Alerts);
        Timeline.AddRange(change.Timeline);
        foreach (var episode in change.Opened.Concat(change.Rewritten).Append(change.After.Last).OfType<Episode>())
        {
            Episodes.RemoveAll(known => known.Id == episode.Id);
            Episodes.Add(change.After.Last?.Id == episode.Id ? change.After.Last : episode);
        }

        State = change.Committed;
        return change;
    }
}
