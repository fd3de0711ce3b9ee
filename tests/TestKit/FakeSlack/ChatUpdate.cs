using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

internal static class ChatUpdate
{
    public static FakeAnswer Answer(FakeWorkspace workspace, JsonObject arguments)
    {
        if (arguments.Text("channel") is not { } id || arguments.Text("ts") is not { } ts)
        {
            return FakeAnswer.Error("invalid_arguments", "missing required field: channel, ts");
        }

        if (workspace.FindById(id) is not { } channel)
        {
            return FakeAnswer.Error("channel_not_found"); // a name is not enough
        }

        if (MessageContent.Fault(arguments) is { } fault)
        {
            return fault;
        }

        if (channel.IsArchived)
        {
            return FakeAnswer.Error("is_archived");
        }

        if (channel.Messages.Find(one => one.Ts == ts && !one.IsDeleted) is not { } message)
        {
            return FakeAnswer.Error("message_not_found");
        }

        if (!message.IsOurs)
        {
            return FakeAnswer.Error("cant_update_message");
        }

        message.Edit(workspace.Now, MessageContent.Edited(message.Now.Content, arguments));
        return FakeAnswer.Ok(new()
        {
            ["channel"] = channel.Id,
            ["ts"] = ts,
            ["text"] = message.Text,
            ["message"] = MessageContent.Shown(message, withMetadata: false),
        });
    }
}
