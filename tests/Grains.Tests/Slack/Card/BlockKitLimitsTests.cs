using System.Text.Json.Nodes;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack.Card;

/// <summary>What the other tests measure by must itself refuse what Slack refuses.</summary>
public sealed class BlockKitLimitsTests
{
    private const string Section = """{ "type": "section", "text": { "type": "mrkdwn", "text": "all is well", "verbatim": true } }""";

    [Theory]
    [InlineData(Section)]
    [InlineData("""{ "type": "header", "text": { "type": "plain_text", "text": "title", "emoji": false } }""")]
    [InlineData("""{ "type": "context", "elements": [{ "type": "mrkdwn", "text": "INC-1" }] }""")]
    [InlineData("""{ "type": "section", "fields": [{ "type": "plain_text", "text": "a field" }] }""")]
    [InlineData("""{ "type": "actions", "elements": [{ "type": "button", "action_id": "a", "text": { "type": "plain_text", "text": "Go" }, "value": "1", "style": "primary" }] }""")]
    [InlineData("""{ "type": "divider" }""")]
    public void A_sound_block_is_taken(string block) => Assert.Null(BlockKitLimits.Check(Message(block)));

    [Theory]
    [InlineData("""{ "type": "sektion" }""", "unsupported type: sektion [json-pointer:/blocks/0]")]
    [InlineData("""{ "type": "section" }""", "missing required field: text [json-pointer:/blocks/0]")]
    [InlineData("""{ "type": "section", "text": { "type": "mrkdwn", "text": "" } }""", "must be more than 0 characters [json-pointer:/blocks/0/text/text]")]
    [InlineData("""{ "type": "section", "text": { "type": "mrkdwn", "text": "x", "emoji": true } }""", "invalid additional property: emoji [json-pointer:/blocks/0/text]")]
    [InlineData("""{ "type": "header", "text": { "type": "mrkdwn", "text": "x" } }""", "must be one of plain_text [json-pointer:/blocks/0/text/type]")]
    [InlineData("""{ "type": "actions", "elements": [] }""", "no less than 1 items allowed [json-pointer:/blocks/0/elements]")]
    [InlineData("""{ "type": "section", "text": { "type": "mrkdwn", "text": "\ud83d" } }""", "must be a string [json-pointer:/blocks/0/text/text]")]
    [InlineData("""{ "type": "divider", "block_id": "a" }, { "type": "divider", "block_id": "a" }""", "block_id \"a\" already exists [json-pointer:/blocks]")]
    public void An_unsound_block_is_refused(string block, string why) => Assert.Equal(("invalid_blocks", why), BlockKitLimits.Check(Message(block)));

    [Theory]
    [InlineData("header", 150)]
    [InlineData("section", 3_000)]
    public void A_text_has_a_longest_length(string type, int most)
    {
        Assert.Null(BlockKitLimits.Fault(Message(Block(type, most))));
        Assert.Equal("invalid_blocks", BlockKitLimits.Fault(Message(Block(type, most + 1))));
    }

    [Fact]
    public void A_message_has_at_most_50_blocks()
    {
        Assert.Null(BlockKitLimits.Fault(Message(Enumerable.Repeat(Section, 50))));
        Assert.Equal("invalid_blocks", BlockKitLimits.Fault(Message(Enumerable.Repeat(Section, 51))));
    }

    [Fact]
    public void All_blocks_together_have_a_longest_text()
    {
        Assert.Null(BlockKitLimits.Fault(Message(Enumerable.Repeat(Block("section", 2_640), 5))));

        var message = Message(Enumerable.Repeat(Block("section", 2_640), 4));
        message["attachments"] = new JsonArray(new JsonObject { ["blocks"] = new JsonArray(JsonNode.Parse(Block("section", 2_641))) });
        Assert.Equal("msg_blocks_too_long", BlockKitLimits.Fault(message));
    }

    [Fact]
    public void A_message_must_say_something() =>
        Assert.Equal("no_text", BlockKitLimits.Fault(new JsonObject { ["text"] = "", ["blocks"] = new JsonArray(), ["attachments"] = new JsonArray() }));

    [Fact]
    public void A_text_of_more_than_4000_characters_is_refused() =>
        Assert.Equal("msg_too_long", BlockKitLimits.Fault(new JsonObject { ["text"] = new string('x', 4_001) }));

    [Fact]
    public void An_attachment_is_checked_too()
    {
        Assert.Equal("invalid_attachments", BlockKitLimits.Fault(Attachment("""{ "color": "reddish" }""")));
        Assert.Equal("invalid_attachments", BlockKitLimits.Fault(Attachment("""{ "color": "#FF0000", "blocks": [{ "type": "section" }] }""")));
        Assert.Equal("too_many_attachments", BlockKitLimits.Fault(new JsonObject
        {
            ["attachments"] = new JsonArray([.. Enumerable.Range(0, 101).Select(static _ => new JsonObject())]),
        }));
        Assert.Null(BlockKitLimits.Fault(Attachment($$"""{ "color": "#FF0000", "blocks": [{{Section}}] }""")));
    }

    [Theory]
    [InlineData("Resolve incident", "Resolve", null)]
    [InlineData("A title of more than 24 characters", "Resolve", "invalid_arguments")]
    [InlineData("Resolve incident", null, "invalid_arguments")]
    public void A_view_is_checked_too(string title, string? submit, string? fault)
    {
        var view = JsonNode.Parse("""
            { "type": "modal", "blocks": [{ "type": "input", "label": { "type": "plain_text", "text": "Why?" },
              "element": { "type": "plain_text_input", "action_id": "text", "multiline": true, "max_length": 3000 } }] }
            """)!;
        view["title"] = Plain(title);
        if (submit is not null)
        {
            view["submit"] = Plain(submit);
        }

        Assert.Equal(fault, BlockKitLimits.FaultOfView(view));
    }

    [Fact]
    public void A_view_has_at_most_250_KB() => Assert.Equal("view_too_large", BlockKitLimits.FaultOfView(
        new JsonObject { ["type"] = "modal", ["title"] = Plain("x"), ["private_metadata"] = new string('x', 250_000) }));

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text };

    private static string Block(string type, int length) => $$"""
        { "type": "{{type}}", "text": { "type": "plain_text", "text": "{{new string('x', length)}}" } }
        """;

    private static JsonNode Attachment(string attachment) => JsonNode.Parse($$"""{ "text": "x", "attachments": [{{attachment}}] }""")!;

    private static JsonNode Message(string blocks) => Message([blocks]);

    private static JsonNode Message(IEnumerable<string> blocks) =>
        JsonNode.Parse($$"""{ "text": "x", "blocks": [{{string.Join(',', blocks)}}] }""")!;
}
