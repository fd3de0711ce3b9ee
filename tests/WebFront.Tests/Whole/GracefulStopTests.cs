using System.Net;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

public sealed class GracefulStopTests
{
    private const int Webhooks = 50;

    /// <summary>The promise: a webhook that WebFront has begun when it is told to stop is finished: stored, and
    /// answered 200. One that comes later finds nobody (refused, never read), and its sender keeps it.</summary>
    [Fact]
    public async Task What_was_begun_before_a_stop_is_stored_and_answered()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var system = await IncidentsSystem.Start(cancel);
        var name = Vary.NewName();
        var key = (await system.Accept("grafana/01_single_firing.json", name)).Keys.Single();
        await using var holder = await system.Database.Open();
        await using var held = await holder.BeginTransactionAsync(cancel);
        await using (var hold = new MySqlConnector.MySqlCommand("SELECT version FROM incident_keys WHERE incident_key = ? FOR UPDATE", holder, held))
        {
            hold.Parameters.Add(new() { Value = key });
            await hold.ExecuteScalarAsync(cancel);
        }

        var posted = Enumerable.Range(0, Webhooks).Select(_ => system.Post(Vary.Fixture("grafana/01_single_firing.json", name))).ToList();
        await Eventually.Holds("all webhooks are under way", () => Task.FromResult(system.RequestsUnderWay == Webhooks), TimeSpan.FromSeconds(20), cancel);
        var stopping = system.StopWeb(cancel);
        await Eventually.Holds("nobody listens any more", () => IsRefused(system), TimeSpan.FromSeconds(20), cancel);
        Assert.DoesNotContain(posted, static webhook => webhook.IsCompleted);
        await held.RollbackAsync(cancel);

        var replies = await Task.WhenAll(posted);
        await stopping;
        await system.StopSilo(cancel);

        Assert.All(replies, static reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
        Assert.Equal([$"active//{Webhooks + 1}"], await Episodes.Of(system, key));
        await Audit.IsSound(system.Database);
    }

    private static async Task<bool> IsRefused(IncidentsSystem system)
    {
        try
        {
            using var other = new HttpClient { BaseAddress = system.Client.BaseAddress }; // a connection of its own
            using var answer = await other.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }
}
