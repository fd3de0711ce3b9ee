using System.Net;
using System.Text.Json;
using Incidents.TestKit;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Telemetry;

public sealed class DashboardTests(WatchedSystem watched, SharedSystem shared)
{
    private const string KeyGrain = "Incidents.Grains.IncidentKeyGrain";
    private const string Writers = "Incidents.Grains.WritersGrain";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_what_a_key_has_in_memory()
    {
        var system = await watched.Get();
        var reply = await system.Accept("grafana/01_single_firing.json", Vary.NewName());

        var state = await State(system, KeyGrain, reply.Keys.Single());

        Assert.Equal(reply.IncidentId, state.GetProperty("Incident").GetString());
        Assert.Equal(("active", 1), (state.GetProperty("Status").GetString(), state.GetProperty("AlertsReceived").GetInt32()));
    }

    [Fact]
    public async Task A_look_at_a_key_that_nobody_loaded_loads_and_makes_nothing()
    {
        var system = await watched.Get();
        var key = Guid.NewGuid().ToString("N")[..16];

        Assert.Equal(JsonValueKind.Null, (await State(system, KeyGrain, key)).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await State(system, KeyGrain, key)).ValueKind);

        Assert.Empty(await system.Database.Rows($"SELECT incident_key FROM incident_keys WHERE incident_key = '{key}'"));
    }

    [Fact]
    public async Task It_shows_the_figures_of_each_silos_writer()
    {
        var system = await watched.Get();
        await system.Accept("grafana/01_single_firing.json", Vary.NewName());

        await Eventually.Holds(
            "the writer's report tells of a commit",
            async () => (await State(system, Writers, "0")).EnumerateArray().SingleOrDefault() is { ValueKind: JsonValueKind.Object } writer
                && writer.GetProperty("AlertsCommitted").GetInt64() > 0
                && writer.GetProperty("LastCommitMilliseconds").GetDouble() > 0,
            Soon,
            Cancel);
    }

    [Theory]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/index.min.js")]
    [InlineData("/dashboard/DashboardCounters")]
    [InlineData("/dashboard/GrainState?grainId=0&grainType=" + Writers)]
    [InlineData("/metrics")]
    public async Task It_and_the_figures_are_behind_the_credentials_of_the_API(string path)
    {
        var system = await watched.Get();
        using var stranger = new HttpRequestMessage(HttpMethod.Get, path);
        stranger.Headers.Host = "incidents.example.com";

        using var refused = await system.Client.SendAsync(stranger, Cancel);
        using var served = await system.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.StatusCode, served.StatusCode));
    }

    [Fact]
    public async Task It_does_not_stream_the_log() => Assert.Equal(HttpStatusCode.Forbidden, await Get(await watched.Get(), "/dashboard/Trace"));

    [Fact]
    public async Task Where_it_is_not_switched_on_it_is_not_there() => Assert.Equal(HttpStatusCode.NotFound, await Get(await shared.Get(), "/dashboard/"));

    private static async Task<HttpStatusCode> Get(IncidentsSystem system, string path)
    {
        using var answer = await system.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    /// <summary>As the page gets it: a text that holds what the grain's GetState returned.</summary>
    private static async Task<JsonElement> State(IncidentsSystem system, string grain, string key)
    {
        var (_, text) = await system.Get($"/dashboard/GrainState?grainId={key}&grainType={grain}");
        return JsonElement.Parse(text.GetString()!).GetProperty("GetState");
    }
}
