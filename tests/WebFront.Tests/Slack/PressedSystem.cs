using System.Net;
using System.Text.Json.Nodes;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Slack;

/// <summary>A whole service with a Slack in which people press buttons. The cards here are drawn by the test.</summary>
public sealed class PressedSystem : IAsyncLifetime
{
    private static readonly string[] Actions = ["incident_acknowledge", "incident_unacknowledge", "incident_resolve"];

    private FakeChannel _channel = null!;

    public FakeWorkspace Slack { get; private set; } = null!;

    internal IncidentsSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        _channel = Slack.AddChannel("pressed");
        System = await IncidentsSystem.Start(
            new()
            {
                Silo = new Dictionary<string, string>(Slack.BotSettings) { ["Slack:RetryEvery"] = "00:00:00.200" },
                Web = new Dictionary<string, string>
                {
                    ["Slack:SigningSecret"] = FakeWorkspace.SigningSecret,
                    ["Slack:ApiBaseUrl"] = $"{Slack.ApiBaseUrl}",
                },
            },
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        await Slack.DisposeAsync();
    }

    /// <summary>A new incident, and its card as of revision 1.</summary>
    internal async Task<(string Id, FakeMessage Card)> Open()
    {
        var id = (await System.Accept("grafana/01_single_firing.json", Vary.NewName())).IncidentId;
        return (id, Card(id, 1));
    }

    internal FakeMessage Card(string id, int revision) => _channel.Add(new()
    {
        ["user"] = "U0BOTUSER1",
        ["type"] = "message",
        ["text"] = id,
        ["blocks"] = new JsonArray(new JsonObject
        {
            ["type"] = "actions",
            ["block_id"] = "incident_actions",
            ["elements"] = new JsonArray(
            [
                .. Actions.Select(action => (JsonNode)new JsonObject
                {
                    ["type"] = "button",
                    ["action_id"] = action,
                    ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = action },
                    ["value"] = $"{id} {revision}",
                }),
            ]),
        }),
    });

    /// <summary>What Slack must be answered to a press: an empty 200.</summary>
    internal async Task Press(FakeMessage card, string action, FakeUser user) => Assert.Equal(
        (HttpStatusCode.OK, ""), await Send(Slack.Press(card, action, user)));

    internal async Task<(HttpStatusCode Status, string Text)> Send(SignedForm form)
    {
        using var request = form.To(new(System.Client.BaseAddress!, "/slack/interactions"));
        using var answer = await System.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    internal Task Becomes(string id, string status, int revision) => Within.Deadline($"{id} is {status}, revision {revision}", async () =>
    {
        var found = await System.Read($"/api/incidents/{id}");
        return found.Text("status") == status && found.Text("revision") == $"{revision}";
    });

    /// <summary>What people were told below this card, once there are so many.</summary>
    internal async Task<IReadOnlyList<FakeWhisper>> Whispers(FakeMessage card, int count)
    {
        await Within.Deadline($"{count} are told", () => Task.FromResult(Of().Count >= count));
        var told = Of();
        Assert.Equal(count, told.Count);
        Assert.DoesNotContain(told, static whisper => whisper.IsSeenByAll);
        return told;

        List<FakeWhisper> Of() => [.. Slack.Whispers.Where(whisper => whisper.Message == card)];
    }

    /// <summary>What happened after it opened, by whom.</summary>
    internal async Task<IReadOnlyList<string>> Deeds(string id) =>
    [
        .. (await System.Read($"/api/incidents/{id}/timeline")).GetProperty("events").EnumerateArray()
            .Where(static entry => entry.Text("actor") is { Length: > 0 })
            .Select(static entry => $"{entry.Text("kind")} {entry.Text("actor")}"),
    ];
}
