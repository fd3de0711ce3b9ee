using System.Globalization;
using System.Text;
using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.AspNetCore.WebUtilities;

namespace Incidents.WebFront.Slack;

/// <summary>Reads what Slack posts when somebody presses a button or sends a form (docs.slack.dev,
/// "block_actions payload", "view_submission payload").</summary>
internal static class PressParser
{
    private const int MaxFields = 64;

    /// <summary>As the API has it; Slack's own fields take 3,000.</summary>
    private const int MaxText = 4096;

    private const int MaxId = 255;

    /// <summary>Null when there is nothing in it that could be read.</summary>
    public static SlackPress? Read(byte[] body)
    {
        try
        {
            using var form = new FormReader(Encoding.UTF8.GetString(body)) { ValueCountLimit = MaxFields };
            var fields = form.ReadForm();
            if (fields.ContainsKey("ssl_check"))
            {
                return new SlackPress.Ignored();
            }

            if (!fields.TryGetValue("payload", out var payload) || payload is not [{ } text])
            {
                return null;
            }

            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException) // the last: no sound text
        {
            return null;
        }
    }

    private static SlackPress Read(JsonElement payload)
    {
        if (SlackUser.Of(payload.Member("user").Text("id"), NameOf(payload.Member("user"))) is not { } user)
        {
            return new SlackPress.Ignored();
        }

        var press = payload.Text("type") switch
        {
            "block_actions" => ((JsonElement?)payload).List("actions").Select(action => Pressed(payload, action, user)).FirstOrDefault(),
            "view_submission" => Answered(payload.Member("view"), user),
            _ => null,
        };
        return press ?? new SlackPress.Ignored();
    }

    private static string? NameOf(JsonElement? user) => user.Text("name") is { Length: > 0 } name ? name : user.Text("username");

    private static SlackPress? Pressed(JsonElement payload, JsonElement action, SlackUser user)
    {
        if (Card(action.Text("value"), payload.Text("response_url")) is not { } card)
        {
            return null;
        }

        return action.Text("action_id") switch
        {
            "incident_acknowledge" => new SlackPress.Order(CommandKind.Acknowledge, card, user),
            "incident_unacknowledge" => new SlackPress.Order(CommandKind.Unacknowledge, card, user),
            "incident_resolve" when Id(payload.Text("trigger_id")) is { } trigger => new SlackPress.Resolve(card, user, trigger),
            _ => null,
        };
    }

    /// <param name="value">The incident and its revision on the card: <c>INC-20260102030405-0123456789abcdef 3</c>.</param>
    private static PressedCard? Card(string? value, string? responseUrl) =>
        value?.Split(' ') is [var id, var number] && IncidentId.TryParse(id, out var incident)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? new(incident, revision, responseUrl is null ? null : new(responseUrl))
            : null;

    private static SlackPress.ResolutionAnswered? Answered(JsonElement? view, SlackUser user)
    {
        if (view.Text("callback_id") != "incident_resolution" || Id(view.Text("id")) is not { } viewId
            || FormMemo.Read(view.Text("private_metadata") ?? "") is not { } card)
        {
            return null;
        }

        var values = view.Member("state").Member("values");
        return new SlackPress.ResolutionAnswered(
            card,
            user,
            viewId,
            Written(values.Member("action_taken").Member("text").Text("value")),
            Written(values.Member("root_cause").Member("text").Text("value")),
            Choice(values.Member("is_noise").Member("choice")));
    }

    private static string? Id(string? text) => text is { Length: > 0 and <= MaxId } ? text : null;

    private static string? Written(string? text) => string.IsNullOrWhiteSpace(text) ? null : CleanText.Cut(text.Trim(), MaxText);

    /// <summary>A selection says yes or no, or nothing; a box that is not ticked says nothing.</summary>
    private static bool? Choice(JsonElement? choice)
    {
        var chosen = choice.Member("selected_option") ?? choice.List("selected_options").Select(static one => (JsonElement?)one).FirstOrDefault();
        return chosen.Text("value") switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
    }
}
