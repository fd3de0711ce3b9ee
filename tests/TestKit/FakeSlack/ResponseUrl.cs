using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>Says something to who pressed a button, five times within half an hour.</summary>
internal static class ResponseUrl
{
    private const int MostUses = 5;
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(30);

    public static FakeAnswer Answer(FakeWorkspace workspace, string id, JsonObject arguments)
    {
        if (workspace.ResponseUrls.GetValueOrDefault(id) is not { } url)
        {
            return FakeAnswer.Text(404, "no_service");
        }

        if (workspace.Now - url.At > Lives || url.Uses >= MostUses)
        {
            return FakeAnswer.Error(url.Uses >= MostUses ? "used_url" : "expired_url") with { Status = 404 };
        }

        if (string.IsNullOrEmpty(arguments.Text("text")) && arguments["blocks"] is not JsonArray && arguments.Text("delete_original") is null)
        {
            return FakeAnswer.Error("no_text") with { Status = 400 };
        }

        if (arguments["text"] is not null && BlockKitLimits.Check(Message(arguments)) is var (code, why))
        {
            return FakeAnswer.Error(code, why) with { Status = 400 };
        }

        url.Uses++;
        workspace.Whispered(new(url.User, workspace.Now, url.Message, arguments));
        return FakeAnswer.Ok([]);
    }

    private static JsonObject Message(JsonObject arguments) => new(arguments
        .Where(static one => one.Key is "text" or "blocks" or "attachments")
        .Select(static one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));
}

/// <summary>Where the answer to one press goes.</summary>
internal sealed class PressUrl(FakeUser user, FakeMessage message, DateTimeOffset at)
{
    public FakeUser User => user;

    public FakeMessage Message => message;

    public DateTimeOffset At => at;

    public int Uses { get; set; }
}

/// <summary>What only the presser sees, unless it asks for more.</summary>
/// <param name="Message">Whose button was pressed.</param>
/// <param name="Content">As sent.</param>
public sealed record FakeWhisper(FakeUser User, DateTimeOffset At, FakeMessage Message, JsonObject Content)
{
    public string Text => Content["text"]?.GetValue<string>() ?? "";

    /// <summary>For everybody in the channel, or in place of the message.</summary>
    public bool IsSeenByAll => (string?)Content["response_type"] == "in_channel" || (bool?)Content["replace_original"] == true;
}
