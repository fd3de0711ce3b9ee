using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Reads what happened to an incident, other than alerts, in order.</summary>
internal sealed class TimelineQueries(ReadDatabase database)
{
    // Along the primary key (incident_id, seq).
    private const string Following =
        """
        SELECT seq AS Seq, at AS At, kind AS Kind, reason AS Reason, actor AS Actor, detail AS DetailJson,
               revision AS Revision, alerts_received AS AlertsReceived
          FROM incident_events WHERE incident_id = @id AND seq > @after ORDER BY seq LIMIT @limit
        """;

    // The same, backwards.
    private const string Preceding =
        """
        SELECT seq AS Seq, at AS At, kind AS Kind, reason AS Reason, actor AS Actor, detail AS DetailJson,
               revision AS Revision, alerts_received AS AlertsReceived
          FROM incident_events WHERE incident_id = @id AND seq < @before ORDER BY seq DESC LIMIT @limit
        """;

    public async Task<Page<TimelineRow>> List(IncidentId id, long after, int limit, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var parameters = new { id = id.Value, after, limit = limit + 1 };
        return Page.Of(
            await connection.QueryAsync<TimelineRow>(new(Following, parameters, cancellationToken: cancel)),
            limit,
            last => Cursor.Write(Signature(id), $"{last.Seq}"));
    }

    /// <summary>The newest first.</summary>
    public async Task<Page<TimelineRow>> Newest(IncidentId id, long? before, int limit, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var parameters = new { id = id.Value, before = before ?? int.MaxValue, limit = limit + 1 };
        return Page.Of(
            await connection.QueryAsync<TimelineRow>(new(Preceding, parameters, cancellationToken: cancel)),
            limit,
            last => Cursor.Write(Signature(id), $"{last.Seq}"));
    }

    public static string Signature(IncidentId id) => $"timeline of {id}";
}

/// <summary>One entry of an incident's timeline.</summary>
public sealed record TimelineRow
{
    /// <summary>From 1, without gaps.</summary>
    public int Seq { get; init; }

    public DateTime At { get; init; }

    /// <summary><c>opened</c>, <c>severity_changed</c>, <c>acknowledged</c>, <c>unacknowledged</c>, <c>resolved</c>,
    /// <c>noted</c>, <c>amended</c>, <c>incomplete</c> or <c>complete</c>.</summary>
    public required string Kind { get; init; }

    public string? Reason { get; init; }

    /// <summary>The name of the credentials; null when no person did it.</summary>
    public string? Actor { get; init; }

    /// <summary>Whom the actor said that they act for; proves nothing.</summary>
    public string? SaidBy => Detail is { ValueKind: JsonValueKind.Object } detail && detail.TryGetProperty("said_by", out var by)
        ? by.GetString()
        : null;

    /// <summary>What belongs to the kind, such as the text of a note.</summary>
    public JsonElement? Detail => DetailJson is null ? null : JsonElement.Parse(DetailJson);

    /// <summary>The incident's, after it.</summary>
    public int Revision { get; init; }

    /// <summary>How many alerts of the incident came before it.</summary>
    public long AlertsReceived { get; init; }

    [JsonIgnore]
    public string? DetailJson { get; init; }
}
