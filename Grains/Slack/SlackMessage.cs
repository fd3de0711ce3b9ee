using System.Text.Json.Nodes;

namespace Incidents.Grains.Slack;

/// <summary>What a message shows. Both arrays are always sent: an edit that leaves one out keeps what was there.</summary>
/// <param name="Text">For notifications and screen readers, and all there is when the arrays are empty; mrkdwn, escaped,
/// at most 4,000 characters.</param>
/// <param name="Blocks">Block Kit, above the attachments.</param>
/// <param name="Attachments">One with the severity's colour and the rest of the blocks, or none.</param>
internal sealed record SlackMessage(string Text, JsonArray Blocks, JsonArray Attachments)
{
    public static SlackMessage Plain(string text) => new(text, [], []);
}
