using System.Text.Json.Nodes;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Tests.Slack;

/// <summary>A client of a fake workspace, and what it logged.</summary>
internal sealed class SlackCalls : IDisposable
{
    private readonly CollectedLog _log = new(LogLevel.Trace);
    private readonly ILoggerFactory _loggers;

    public SlackCalls(FakeWorkspace slack, TimeProvider clock, Action<SlackOptions>? change = null)
    {
        SlackOptions options = new()
        {
            BotToken = FakeWorkspace.Token,
            WebhookUrl = $"{slack.WebhookUrl}",
            ApiBaseUrl = $"{slack.ApiBaseUrl}",
            Channel = "#incidents",
        };
        change?.Invoke(options);
        _loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        Client = new(Options.Create(options), clock, _loggers.CreateLogger<SlackClient>());
    }

    public SlackClient Client { get; }

    public string Log => _log.ToString();

    public static CardMark Mark(int raised = 1, string incident = "INC-20260102030405-0123456789abcdef") =>
        IncidentId.TryParse(incident, out var id) ? new(id, raised, DateTimeOffset.UnixEpoch.AddSeconds(raised)) : throw new ArgumentException(incident, nameof(incident));

    public static SlackMessage Card(string text, bool hasAttachment = true) => new(
        text,
        [new JsonObject { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true } }],
        hasAttachment ? [new JsonObject { ["color"] = "#a30200", ["blocks"] = new JsonArray(Actions()) }] : []);

    public void Dispose()
    {
        Client.Dispose();
        _loggers.Dispose();
    }

    private static JsonObject Actions() => new()
    {
        ["type"] = "actions",
        ["elements"] = new JsonArray(new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = "incident_acknowledge",
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Acknowledge" },
            ["value"] = "INC-20260102030405-0123456789abcdef 1",
        }),
    };
}
