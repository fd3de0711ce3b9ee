using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>The channels that the app was invited to; all fit into one page.</summary>
internal static class UsersConversations
{
    public static FakeAnswer Answer(FakeWorkspace workspace, JsonObject arguments) => FakeAnswer.Ok(new()
    {
        ["channels"] = new JsonArray(
        [
            .. workspace.Channels
                .Where(one => one.IsJoined && !(one.IsArchived && arguments.Text("exclude_archived") == "true"))
                .Select(static one => new JsonObject { ["id"] = one.Id, ["name"] = one.Name, ["is_channel"] = true }),
        ]),
        ["response_metadata"] = new JsonObject { ["next_cursor"] = "" },
    });
}
