using Incidents.Grains.Domain;
using Incidents.Grains.MySql;
using Incidents.TestKit;

namespace Incidents.Grains.Tests.Domain;

/// <summary>What the database would hold of one key, written by our own statements in the order of the packet. The
/// unique keys refuse as they do there, and the triggers count.</summary>
internal sealed class Tables
{
    private readonly HashSet<(string, long)> _sequences = [];
    private readonly HashSet<string> _commands = [];

    public SortedDictionary<string, StoredRow> Incidents { get; } = new(StringComparer.Ordinal);

    public List<StoredRow> Alerts { get; } = [];

    public List<StoredRow> Events { get; } = [];

    public Dictionary<(string IncidentId, string Fingerprint), StoredRow> Instances { get; } = [];

    public void Commit(KeyChange change)
    {
        foreach (var row in BoundRows.Of(IncidentRows.Update, change))
        {
            var stored = Incidents[row.Text("id")];
            foreach (var column in row.Columns.Where(static column => column != "id"))
            {
                stored[column] = row[column];
            }
        }

        foreach (var row in BoundRows.Of(IncidentRows.Insert, change))
        {
            row["alerts_received"] = 0;
            Incidents.Add(row.Text("incident_id"), row);
        }

        foreach (var row in BoundRows.Of(AlertRows.Insert, change))
        {
            var incident = Incidents[row.Text("incident_id")];
            incident["alerts_received"] = incident.Number("alerts_received") + 1;
            Alerts.Add(row);
        }

        foreach (var row in BoundRows.Of(InstanceRows.Upsert, change))
        {
            Instances[(row.Text("incident_id"), row.Text("fingerprint"))] = row;
        }

        foreach (var row in BoundRows.Of(TimelineRows.Insert, change))
        {
            Unique(_sequences.Add((row.Text("incident_id"), row.Number("seq"))), "incident_events.PRIMARY");
            Unique(row.TextOrNull("command_id") is not { } id || _commands.Add(id), "incident_events.uq_command");
            Events.Add(row);
        }
    }

    public IEnumerable<StoredRow> AlertsOf(string incident) =>
        Alerts.Where(row => row.Text("incident_id") == incident);

    public IEnumerable<StoredRow> EventsOf(string incident) =>
        Events.Where(row => row.Text("incident_id") == incident);

    public IEnumerable<StoredRow> InstancesOf(string incident) =>
        Instances.Values.Where(row => row.Text("incident_id") == incident);

    public Episode Replayed(string incident) =>
        Replay.Of(Incidents[incident], AlertsOf(incident), EventsOf(incident));

    private static void Unique(bool isNew, string key)
    {
        if (!isNew)
        {
            throw new InvalidOperationException($"Duplicate entry for key {key}");
        }
    }
}
