using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

internal static class ChatPostMessage
{
    public static FakeAnswer Answer(FakeWorkspace workspace, JsonObject arguments)
    {
        if (arguments.Text("channel") is not { } name)
        {
            return FakeAnswer.Error("invalid_arguments", "missing required field: channel");
        }

        if (workspace.Find(name) is not { } channel)
        {
            return FakeAnswer.Error("channel_not_found");
        }

        if (MessageContent.Fault(arguments) is { } fault)
        {
            return fault;
        }

        if (channel.IsArchived || !channel.IsJoined)
        {
            return FakeAnswer.Error(channel.IsArchived ? "is_archived" : "not_in_channel");
        }

        var message = channel.Add(MessageContent.New(arguments));
        return FakeAnswer.Ok(new()
        {
            ["channel"] = channel.Id,
            ["ts"] = message.Ts,
            ["message"] = MessageContent.Shown(message, withMetadata: false),
        });
    }
}
