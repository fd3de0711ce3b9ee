namespace Incidents.WebFront.Tests.Whole;

public sealed class ManyAtOnceTests(SharedSystem shared)
{
    [Fact]
    public async Task Two_hundred_webhooks_at_once_for_a_new_key_open_one_incident()
    {
        const int Webhooks = 200;
        var (system, name) = (await shared.Get(), Vary.NewName());

        var replies = await Task.WhenAll(Enumerable.Range(0, Webhooks).Select(_ => system.Accept("grafana/01_single_firing.json", name)));

        Assert.Equal(1, replies.Count(static reply => reply.Results.Single().IsNewIncident));
        Assert.Equal(Webhooks, replies.Max(static reply => reply.Results.Single().AlertCount));
        var id = Assert.Single(replies.Select(static reply => reply.IncidentId).Distinct());
        Assert.Equal([$"active//{Webhooks}"], await Episodes.Of(system, id[^16..]));
    }
}
