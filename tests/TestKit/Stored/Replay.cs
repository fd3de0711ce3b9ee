using System.Text.Json.Nodes;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.TestKit;

/// <summary>
/// Folds what is stored of one incident back into its state: the names in its row of <c>incidents</c>, its rows of
/// <c>grafana_alerts</c> in order of insertion and its rows of <c>incident_events</c>. Nothing that changes is read
/// from <c>incidents</c>, so the result says what that row and <c>incident_instances</c> ought to be.
/// </summary>
internal sealed class Replay
{
    private readonly Queue<StoredRow> _timeline;
    private Episode _episode;

    /// <exception cref="FormatException">The timeline does not begin with the incident's opening.</exception>
    public Replay(StoredRow incident, IEnumerable<StoredRow> events)
    {
        _timeline = new(events.OrderBy(static row => row.Number("seq")));
        _episode = Evolution.Begin(
            Opened(incident, _timeline), Parts(incident), incident.Text("title"), incident.Text("summary"));
    }

    public static Episode Of(StoredRow incident, IEnumerable<StoredRow> alerts, IEnumerable<StoredRow> events)
    {
        var replay = new Replay(incident, events);
        foreach (var alert in alerts)
        {
            replay.Observe(alert);
        }

        return replay.End();
    }

    /// <summary>In order of insertion.</summary>
    public void Observe(StoredRow alert)
    {
        while (_timeline.TryPeek(out var next) && next.Number("alerts_received") <= _episode.AlertsReceived)
        {
            _episode = _episode.Apply(FactOf(_timeline.Dequeue()));
        }

        _episode = _episode.Apply(Stored(alert));
    }

    /// <summary>The incident as it ought to be, after all of its alerts.</summary>
    public Episode End()
    {
        while (_timeline.TryDequeue(out var row))
        {
            _episode = _episode.Apply(FactOf(row));
        }

        return _episode;
    }

    private static KeyParts Parts(StoredRow row) => new(
        row.Text("rule_uid"), row.Text("cluster"), row.Text("namespace"), row.Text("service"), row.Text("phase"));

    private static Fact.Opened Opened(StoredRow incident, Queue<StoredRow> timeline) =>
        timeline.TryDequeue(out var row) && Kind(row) == TimelineKind.Opened && IncidentId.TryParse(incident.Text("incident_id"), out var id)
            ? new(
                id,
                Detail<string>(row, "severity")!,
                Detail<bool>(row, "is_test"),
                SnakeCase.Read<AlertReason>(row.Text("reason")),
                row.Time("at"))
            : throw new FormatException($"'{incident.Text("incident_id")}' does not begin with being opened.");

    /// <summary>Test, group and truncation of the alert are not stored: what came of them is in the events.</summary>
    private static Fact.AlertStored Stored(StoredRow row) => new(
        new Sighting
        {
            Fingerprint = row.Text("fingerprint"),
            State = SnakeCase.Read<AlertState>(row.Text("state")),
            Severity = row.Text("severity"),
            ReceivedAt = row.Time("received_at"),
            StartsAt = row.Time("starts_at"),
            EndedAt = row.TimeOrNull("ends_at"),
            Group = "",
        },
        SnakeCase.Read<AlertReason>(row.Text("reason")));

    private static Fact FactOf(StoredRow row) => Kind(row) switch
    {
        TimelineKind.Opened => throw new FormatException("An incident opens once."),
        TimelineKind.SeverityChanged => new Fact.SeverityChanged(
            Detail<string>(row, "from")!, Detail<string>(row, "to")!, Detail<string>(row, "peak")!, row.Time("at")),
        TimelineKind.Acknowledged => new Fact.Acknowledged(AuthorOf(row), row.Time("at")),
        TimelineKind.Unacknowledged => new Fact.Unacknowledged(AuthorOf(row), row.Time("at")),
        TimelineKind.Noted => new Fact.Noted(Detail<string>(row, "text")!, AuthorOf(row), row.Time("at")),
        TimelineKind.Amended => new Fact.Amended(
            (Has(row, "action_taken") ? Findings.ActionTaken : 0) | (Has(row, "root_cause") ? Findings.RootCause : 0)
                | (Has(row, "is_noise") ? Findings.IsNoise : 0),
            Detail<string>(row, "action_taken"),
            Detail<string>(row, "root_cause"),
            Detail<bool?>(row, "is_noise"),
            AuthorOf(row),
            row.Time("at")),
        TimelineKind.Resolved => new Fact.Resolved(Closing(row), Command(row)),
        TimelineKind.Incomplete => new Fact.GroupIncomplete(Detail<string>(row, "group")!, Why(row), row.Time("at")),
        TimelineKind.Complete => new Fact.GroupComplete(Detail<string>(row, "group")!, Why(row), row.Time("at")),
    };

    private static Closure Closing(StoredRow row) => new(
        row.Time("at"),
        SnakeCase.Read<Resolution>(row.Text("reason")),
        row.TextOrNull("actor"),
        Detail<string>(row, "action_taken"),
        Detail<string>(row, "root_cause"),
        Detail<bool?>(row, "is_noise"),
        Detail<string>(row, "said_by"));

    private static Author AuthorOf(StoredRow row) =>
        new(row.Text("actor"), Detail<string>(row, "said_by"), Command(row)!.Value);

    private static bool Has(StoredRow row, string member) => JsonNode.Parse(row.Text("detail"))!.AsObject().ContainsKey(member);

    private static TimelineKind Kind(StoredRow row) => SnakeCase.Read<TimelineKind>(row.Text("kind"));

    private static Incompleteness Why(StoredRow row) => SnakeCase.Read<Incompleteness>(row.Text("reason"));

    private static Guid? Command(StoredRow row) =>
        row.TextOrNull("command_id") is { } hex ? new Guid(Convert.FromHexString(hex), bigEndian: true) : null;

    private static T? Detail<T>(StoredRow row, string member) =>
        row.TextOrNull("detail") is { } json && JsonNode.Parse(json)![member] is { } value ? value.GetValue<T>() : default;
}
