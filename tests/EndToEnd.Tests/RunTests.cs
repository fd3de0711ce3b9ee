using System.Net;
using System.Text;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests;

/// <summary>One long story, since each start costs seconds: start, stop, start again with what was kept, and two
/// crashes.</summary>
[Collection(RunScript.OneAtATime)]
public sealed class RunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_starts_takes_an_alert_stops_keeps_it_goes_on_without_one_of_two_silos_and_ends_with_the_last()
    {
        using var data = new DataFolder();
        string[] options = ["--data", data.Path, "--port", $"{FreePort.Next()}"];
        string incident;

        await using (var run = RunScript.Start(options))
        {
            var url = await run.Ready(Cancel);
            Assert.Equal(new Uri($"http://127.0.0.1:{options[3]}"), url);
            incident = await Post(url, Fixtures.Read("grafana/01_single_firing.json"));
            Assert.Equal(incident, (await Get(url, $"/api/incidents/{incident}")).GetProperty("incident_id").GetString());
            Assert.NotEmpty(data.Users());
            await Figures.EqualWhatIsSent(run, url, Cancel);

            await run.Terminate(Cancel);
            Assert.Equal((0, ""), (await run.Ended(Cancel), string.Join('\n', run.Errors)));
            Assert.Empty(data.Users());
        }

        await using (var run = RunScript.Start([.. options, "--silos", "2", "--demo"]))
        {
            var url = await run.Ready(Cancel);
            Assert.Equal("active", (await Get(url, $"/api/incidents/{incident}")).GetProperty("status").GetString());
            await DemoIsShown(url);

            await Signal.Send("KILL", data.Process("silo-1"), Cancel);
            await Eventually.Holds(
                "the lost silo is reported", () => Task.FromResult(run.Errors.Count > 0), TimeSpan.FromSeconds(10), Cancel);
            Assert.StartsWith("run.sh: silo-1 was ended by SIGKILL", Assert.Single(run.Errors), StringComparison.Ordinal);
            Assert.EndsWith("; 1 silo(s) go on", run.Errors[0], StringComparison.Ordinal);
            Assert.Equal(incident, await Post(url, Fixtures.Read("grafana/01_single_firing.json")));

            await Signal.Send("KILL", data.Process("silo-2"), Cancel);
            Assert.Equal(1, await run.Ended(Cancel));
            Assert.StartsWith("run.sh: silo-2 was ended by SIGKILL", run.Errors[^1], StringComparison.Ordinal);
            Assert.Empty(data.Users());
        }
    }

    private static Task DemoIsShown(Uri url) => Eventually.Holds(
        "the demo shows incidents of several severities, some of them resolved",
        async () =>
        {
            var incidents = (await Get(url, "/api/incidents?status=open,resolved&limit=200")).GetProperty("incidents").EnumerateArray().ToList();
            return incidents.DistinctBy(static i => i.GetProperty("severity").GetString()).Count() >= 3
                && incidents.Any(static i => i.GetProperty("status").GetString() == "resolved");
        },
        TimeSpan.FromSeconds(60),
        Cancel);

    /// <returns>The id of the incident.</returns>
    private static async Task<string> Post(Uri url, byte[] body)
    {
        using var client = new HttpClient { BaseAddress = url };
        using var content = new StringContent(Encoding.UTF8.GetString(body), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/webhook/grafana", UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("results")[0].GetProperty("incident_id").GetString()!;
    }

    private static async Task<JsonElement> Get(Uri url, string path)
    {
        using var client = new HttpClient { BaseAddress = url };
        return JsonElement.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel));
    }
}
