using System.Net;

namespace Incidents.WebFront.Tests.Whole;

public sealed class ListFlowTests(SharedSystem shared)
{
    [Fact]
    public async Task The_list_shows_what_was_asked_for_and_the_newest_first()
    {
        var system = await shared.Get();
        var active = await system.Accept("grafana/01_single_firing.json", Vary.NewName());
        var acknowledged = await system.Accept("grafana/01_single_firing.json", Vary.NewName());
        await system.Command(acknowledged.IncidentId, "acknowledge");
        var resolved = await system.Accept("grafana/01_single_firing.json", Vary.NewName());
        await system.Command(resolved.IncidentId, "resolve");

        Assert.Equal([acknowledged.IncidentId, active.IncidentId], await Ours("open"));
        Assert.Equal([acknowledged.IncidentId, active.IncidentId], await Ours(null));
        Assert.Equal([active.IncidentId], await Ours("active"));
        Assert.Equal([acknowledged.IncidentId], await Ours("acknowledged"));
        Assert.Equal([resolved.IncidentId], await Ours("resolved"));
        Assert.Equal([resolved.IncidentId, acknowledged.IncidentId, active.IncidentId], await Ours("open,resolved"));

        async Task<IEnumerable<string>> Ours(string? status)
        {
            string[] ours = [active.IncidentId, acknowledged.IncidentId, resolved.IncidentId];
            return (await List("?limit=200" + (status is null ? "" : $"&status={status}"))).Select(static i => i.Id).Where(ours.Contains);
        }
    }

    [Fact]
    public async Task A_list_is_in_order_and_no_longer_than_asked_for()
    {
        var system = await shared.Get();
        for (var i = 0; i < 3; i++)
        {
            await system.Accept("grafana/28_empty_group_by_two_rules_mixed_severity.json", Vary.NewName());
        }

        var list = await List("?limit=5&status=open,resolved");

        Assert.Equal(5, list.Count);
        Assert.Equal(list.OrderByDescending(static i => i.LastSeenAt).ThenByDescending(static i => i.Id, StringComparer.Ordinal), list);
    }

    private async Task<IReadOnlyList<(string Id, DateTimeOffset LastSeenAt)>> List(string query)
    {
        var (status, answer) = await (await shared.Get()).Get("/api/incidents" + query);
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. answer.GetProperty("incidents").EnumerateArray().Select(static i =>
            (i.GetProperty("incident_id").GetString()!, i.GetProperty("last_seen_at").GetDateTimeOffset()))];
    }
}
