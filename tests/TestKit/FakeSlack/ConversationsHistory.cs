using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>The latest first, a page at a time.</summary>
internal static class ConversationsHistory
{
    private const string CursorPrefix = "next_ts:";

    public static FakeAnswer Answer(FakeWorkspace workspace, JsonObject arguments)
    {
        if (arguments.Text("channel") is not { } id)
        {
            return FakeAnswer.Error("invalid_arguments", "missing required field: channel");
        }

        if (workspace.FindById(id) is not { } channel)
        {
            return FakeAnswer.Error("channel_not_found"); // a name is not enough
        }

        if (!channel.IsJoined)
        {
            return FakeAnswer.Error("not_in_channel");
        }

        if (!TryTs(arguments.Text("oldest"), 0, out var oldest) || !TryTs(arguments.Text("latest"), decimal.MaxValue, out var latest))
        {
            return FakeAnswer.Error(arguments.Text("oldest") is null ? "invalid_ts_latest" : "invalid_ts_oldest");
        }

        if (!TryCursor(arguments.Text("cursor"), out var until))
        {
            return FakeAnswer.Error("invalid_cursor");
        }

        if (!int.TryParse(arguments.Text("limit") ?? "100", out var limit) || limit is < 1 or > 999)
        {
            return FakeAnswer.Error("invalid_limit");
        }

        var isInclusive = IsTrue(arguments, "inclusive");
        var found = channel.Messages.FindAll(one => !one.IsDeleted && Ts(one) is var ts && ts <= until
            && (isInclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest));
        found.Reverse();
        var page = found.Take(limit).Select(one => (JsonNode)MessageContent.Shown(one, IsTrue(arguments, "include_all_metadata")));
        JsonObject body = new() { ["messages"] = new JsonArray([.. page]), ["has_more"] = found.Count > limit };
        if (found.Count > limit)
        {
            body["response_metadata"] = new JsonObject { ["next_cursor"] = Cursor(found[limit].Ts) };
        }

        return FakeAnswer.Ok(body);
    }

    private static bool IsTrue(JsonObject arguments, string name) => arguments.Text(name) is "true" or "1";

    private static decimal Ts(FakeMessage message) => decimal.Parse(message.Ts, CultureInfo.InvariantCulture);

    private static bool TryTs(string? text, decimal otherwise, out decimal ts)
    {
        ts = otherwise;
        return text is null || decimal.TryParse(text, CultureInfo.InvariantCulture, out ts);
    }

    private static string Cursor(string ts) => Convert.ToBase64String(Encoding.ASCII.GetBytes(CursorPrefix + ts));

    private static bool TryCursor(string? text, out decimal until)
    {
        until = decimal.MaxValue;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is var cursor && cursor.StartsWith(CursorPrefix, StringComparison.Ordinal)
            && TryTs(cursor[CursorPrefix.Length..], 0, out until);
    }
}
