using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>How a message is made of the arguments of a call, and shown again.</summary>
internal static class MessageContent
{
    public const string BotUser = "U0BOTUSER1";

    private static readonly string[] Parts = ["blocks", "attachments"];

    public static FakeAnswer? Fault(JsonObject arguments)
    {
        if (string.IsNullOrEmpty(arguments.Text("text")) && Parts.All(part => arguments[part] is not JsonArray { Count: > 0 }))
        {
            return FakeAnswer.Error("no_text");
        }

        if (arguments["metadata"] is { } metadata && FaultOf(metadata) is { } word)
        {
            return FakeAnswer.Error(word);
        }

        return BlockKitLimits.Check(arguments) is var (code, why) ? FakeAnswer.Error(code, why) : null;
    }

    public static JsonObject New(JsonObject arguments)
    {
        JsonObject content = new()
        {
            ["user"] = BotUser,
            ["type"] = "message",
            ["bot_id"] = "B0BOT00001",
            ["app_id"] = "A0APP00001",
            ["text"] = arguments.Text("text") ?? "",
            ["team"] = FakeWorkspace.Team,
        };
        foreach (var part in Parts.Append("metadata"))
        {
            Set(content, part, arguments[part]);
        }

        return content;
    }

    /// <summary>What is left out is kept, except blocks when there is a text.</summary>
    public static JsonObject Edited(JsonObject former, JsonObject arguments)
    {
        var content = former.DeepClone().AsObject();
        if (arguments.Text("text") is { } text)
        {
            content["text"] = text;
            content.Remove("blocks");
        }

        foreach (var part in Parts.Append("metadata").Where(arguments.ContainsKey))
        {
            Set(content, part, arguments[part]);
        }

        return content;
    }

    /// <summary>As the methods return it.</summary>
    public static JsonObject Shown(FakeMessage message, bool withMetadata)
    {
        var content = message.Now.Content.DeepClone().AsObject();
        if (!withMetadata)
        {
            content.Remove("metadata");
        }

        return content;
    }

    private static void Set(JsonObject content, string part, JsonNode? value)
    {
        content.Remove(part);
        if (value is not null and not JsonArray { Count: 0 })
        {
            content[part] = value.DeepClone();
            Number(content, part);
        }
    }

    /// <summary>Blocks and attachments without a name get one, as presses name them.</summary>
    private static void Number(JsonObject content, string part)
    {
        var each = content[part] as JsonArray ?? [];
        for (var i = 0; i < each.Count; i++)
        {
            if (part == "attachments")
            {
                each[i]!["id"] = i + 1;
                Number(each[i]!.AsObject(), "blocks");
            }
            else
            {
                each[i]!["block_id"] ??= $"b{i}";
            }
        }
    }

    /// <summary>A name, and a payload that nests no deeper than objects of plain values.</summary>
    private static string? FaultOf(JsonNode metadata)
    {
        if (metadata is not JsonObject given || given.Text("event_type") is not { Length: > 0 } || given["event_payload"] is not JsonObject payload)
        {
            return "invalid_metadata_format";
        }

        return payload.All(static one => one.Value is JsonValue || IsFlat(one.Value)) ? null : "invalid_metadata_schema";
    }

    private static bool IsFlat(JsonNode? node) => node switch
    {
        JsonObject nested => nested.All(static one => one.Value is JsonValue),
        JsonArray list => list.All(static item => item is JsonValue || (item is JsonObject && IsFlat(item))),
        _ => false,
    };
}
