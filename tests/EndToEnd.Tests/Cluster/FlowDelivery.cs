using System.Globalization;
using System.Text.Json;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>A body with one to three alerts of different keys, firing or resolved; every alert carries a mark that is
/// found again in its row.</summary>
internal sealed record FlowDelivery(IReadOnlyList<string> Marks, object Body)
{
    private const int Series = 3;

    public static FlowDelivery Make(string flow, int sender, int request, FlowPlan plan, Random random)
    {
        var marks = Enumerable.Range(0, random.Next(1, Math.Min(3, plan.Keys) + 1)).Select(i => $"{flow}-{sender}-{request}-{i}").ToList();
        var first = random.Next(plan.Keys);
        return new(marks, new
        {
            version = "1",
            alerts = marks.Select((mark, i) => Alert(mark, $"{flow}-{request / plan.RequestsOfAKey}-{(first + i) % plan.Keys}", random)).ToList(),
        });
    }

    /// <summary>With its length, as Grafana and Alertmanager announce it: without, it would be taken for a large one.</summary>
    public HttpContent Content() => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Body)) { Headers = { ContentType = new("application/json") } };

    /// <summary>Of each alert the incident that the answer names, null where it waits in the spool; null when that is not
    /// what a 200 or a 202 has to say.</summary>
    public List<(string Mark, string? Incident)>? Read(int status, string answer)
    {
        if (status is not (200 or 202))
        {
            return null;
        }

        var json = JsonElement.Parse(answer);
        var named = json.GetProperty("results").EnumerateArray()
            .Select(result => (Marks[result.GetProperty("index").GetInt32()], result.GetProperty("incident_id").GetString())).ToList();
        var waiting = !json.TryGetProperty("pending", out var pending) ? [] : pending.EnumerateArray()
            .Select(one => (Marks[one.GetProperty("index").GetInt32()], (string?)null)).ToList();
        var all = named.Concat(waiting).ToList();
        return all.Select(static alert => alert.Item1).Order().SequenceEqual(Marks.Order())
            && named.All(static alert => alert.Item2 is not null) && waiting.Count > 0 == (status == 202) ? all : null;
    }

    private static object Alert(string mark, string service, Random random)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var resolved = random.Next(4) == 0;
        return new
        {
            status = resolved ? "resolved" : "firing",
            labels = new { alertname = "Flow", service, severity = "critical" },
            annotations = new { mark },
            startsAt = now,
            endsAt = resolved ? now : "0001-01-01T00:00:00Z",
            fingerprint = random.Next(Series).ToString("x16", CultureInfo.InvariantCulture),
        };
    }
}
