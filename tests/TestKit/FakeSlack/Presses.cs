using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>What Slack sends when a person does something.</summary>
internal static class Presses
{
    public static SignedForm Press(FakeWorkspace workspace, FakeMessage message, FakeVersion seen, string action, FakeUser user)
    {
        var block = seen.Blocks.FirstOrDefault(block => Elements(block).Any(one => one.Text("action_id") == action))
            ?? throw new ArgumentException($"There is no button {action} on '{seen.Text}'.", nameof(action));
        var button = Elements(block).First(one => one.Text("action_id") == action);
        var isAttached = seen.Content["blocks"]?.AsArray().Contains(block) != true;
        var (trigger, url) = (NewId(), NewId());
        lock (workspace.Gate)
        {
            workspace.Triggers[trigger] = new(user, workspace.Now);
            workspace.ResponseUrls[url] = new(user, message, workspace.Now);
        }

        JsonObject container = new()
        {
            ["type"] = isAttached ? "message_attachment" : "message",
            ["message_ts"] = message.Ts,
            ["channel_id"] = message.Channel.Id,
            ["is_ephemeral"] = false,
        };
        if (isAttached)
        {
            container["attachment_id"] = 1;
            container["is_app_unfurl"] = false;
        }

        var pressed = button.DeepClone().AsObject();
        pressed["block_id"] = block["block_id"]!.DeepClone();
        pressed["action_ts"] = $"{workspace.Now.ToUnixTimeSeconds()}.840180";
        var shown = seen.Content.DeepClone().AsObject();
        shown.Remove("metadata");
        JsonObject payload = new()
        {
            ["type"] = "block_actions",
            ["user"] = User(user),
            ["api_app_id"] = "A0APP00001",
            ["token"] = "deprecated-verification-token",
            ["container"] = container,
            ["trigger_id"] = trigger,
            ["team"] = Team(),
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
            ["channel"] = new JsonObject { ["id"] = message.Channel.Id, ["name"] = message.Channel.Name },
            ["message"] = shown,
            ["state"] = new JsonObject { ["values"] = new JsonObject() },
            ["response_url"] = new Uri(workspace.Url, $"/actions/{url}").ToString(),
            ["actions"] = new JsonArray(pressed),
        };
        return SignedForm.Of(payload, workspace.Now);
    }

    public static SignedForm Submit(FakeWorkspace workspace, FakeView view, IReadOnlyCollection<(string Block, string Value)> answers)
    {
        var content = view.Content.DeepClone().AsObject();
        JsonObject values = [];
        foreach (var block in content["blocks"]!.AsArray().OfType<JsonObject>().Where(static one => one.Text("type") == "input"))
        {
            var (id, element) = (block.Text("block_id")!, block["element"]!.AsObject());
            var given = answers.Where(one => one.Block == id).Select(static one => one.Value).ToList();
            values[id] = new JsonObject { [element.Text("action_id")!] = State(element, given) };
        }

        if (answers.FirstOrDefault(one => !values.ContainsKey(one.Block)) is { Block: { } unknown })
        {
            throw new ArgumentException($"There is no input {unknown} in the view.", nameof(answers));
        }

        content["state"] = new JsonObject { ["values"] = values };
        var trigger = NewId();
        lock (workspace.Gate)
        {
            workspace.Triggers[trigger] = new(view.User, workspace.Now);
        }

        return SignedForm.Of(
            new()
            {
                ["type"] = "view_submission",
                ["team"] = Team(),
                ["user"] = User(view.User),
                ["api_app_id"] = "A0APP00001",
                ["token"] = "deprecated-verification-token",
                ["trigger_id"] = trigger,
                ["view"] = content,
                ["response_urls"] = new JsonArray(),
                ["is_enterprise_install"] = false,
                ["enterprise"] = null,
            },
            workspace.Now);
    }

    private static IEnumerable<JsonObject> Elements(JsonObject block) =>
        block.Text("type") == "actions" ? block["elements"]!.AsArray().OfType<JsonObject>() : [];

    /// <summary>As Slack tells what an input holds, empty ones too.</summary>
    private static JsonObject State(JsonObject element, List<string> given)
    {
        var type = element.Text("type")!;
        var chosen = given.Select(value => Option(element, value)).ToArray();
        return type switch
        {
            "plain_text_input" => new() { ["type"] = type, ["value"] = given.FirstOrDefault() },
            "checkboxes" => new() { ["type"] = type, ["selected_options"] = new JsonArray(chosen) },
            _ => new() { ["type"] = type, ["selected_option"] = chosen.FirstOrDefault() },
        };
    }

    private static JsonNode? Option(JsonObject element, string value) => element["options"] is not JsonArray options
        ? null
        : options.FirstOrDefault(one => one?["value"]?.GetValue<string>() == value)?.DeepClone()
            ?? throw new ArgumentException($"There is no option {value}.", nameof(value));

    private static JsonObject User(FakeUser user) => new()
    {
        ["id"] = user.Id,
        ["username"] = user.Name,
        ["name"] = user.Name,
        ["team_id"] = FakeWorkspace.Team,
    };

    private static JsonObject Team() => new() { ["id"] = FakeWorkspace.Team, ["domain"] = "example" };

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
}

/// <summary>A body as Slack posts and signs it.</summary>
/// <param name="Body">Of type application/x-www-form-urlencoded.</param>
/// <param name="Timestamp">For <c>X-Slack-Request-Timestamp</c>.</param>
public sealed record SignedForm(string Body, string Timestamp)
{
    /// <summary>For <c>X-Slack-Signature</c>.</summary>
    public string Signature { get; init; } = "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(FakeWorkspace.SigningSecret), Encoding.UTF8.GetBytes($"v0:{Timestamp}:{Body}")));

    /// <summary>To be sent once.</summary>
    public HttpRequestMessage To(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(Body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-Slack-Request-Timestamp", Timestamp);
        request.Headers.Add("X-Slack-Signature", Signature);
        return request;
    }

    internal static SignedForm Of(JsonObject payload, DateTimeOffset at) =>
        new($"payload={Uri.EscapeDataString(payload.ToJsonString())}", $"{at.ToUnixTimeSeconds()}");
}
