using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>Posts into one channel; answers in plain text, and does not say which message it was.</summary>
internal static class IncomingWebhook
{
    public static FakeAnswer Answer(FakeWorkspace workspace, JsonObject arguments)
    {
        if (workspace.WebhookError is { } word)
        {
            return FakeAnswer.Text(word is "no_service" or "no_team" ? 404 : 403, word);
        }

        if (MessageContent.Fault(arguments) is { Word: { } fault })
        {
            return FakeAnswer.Text(400, fault);
        }

        var channel = workspace.Channels[0];
        if (channel.IsArchived)
        {
            return FakeAnswer.Text(410, "channel_is_archived");
        }

        channel.Add(MessageContent.New(arguments));
        return FakeAnswer.Text(200, "ok");
    }
}
