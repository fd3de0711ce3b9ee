using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Incidents.Grains.Slack;

/// <summary>Calls a method that reads.</summary>
internal delegate Task<(SlackReply Reply, JsonElement Body)> SlackRead(
    string method, IReadOnlyCollection<KeyValuePair<string, string>> arguments, CancellationToken cancel);

/// <summary>Looks for a card whose post was not answered.</summary>
internal sealed class CardSearch(SlackRead read)
{
    private const int PageSize = 200;
    private const int MostPages = 5;

    /// <summary>Slack's clock may be behind ours.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(2);

    /// <summary>A channel takes about a message a second: so many fit into the pages that are read.</summary>
    private static readonly TimeSpan After = TimeSpan.FromMinutes(14);

    /// <summary>Slack posts to a name, but reads only by id. No larger than the table of channels.</summary>
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Remembers what an answer said of a channel.</summary>
    public void Learn(string channel, string? id)
    {
        if (id is not null && IsName(channel))
        {
            _ids[channel] = id;
        }
    }

    public async Task<SlackReply> Find(string channel, CardMark mark, DateTimeOffset since, CancellationToken cancel)
    {
        if (IsName(channel) && !_ids.ContainsKey(channel) && await LearnId(channel, cancel) is { } fault)
        {
            return fault;
        }

        var id = IsName(channel) ? _ids[channel] : channel;
        string? found = null;
        var reply = await Pages(
            "conversations.history",
            [
                new("channel", id), new("oldest", Ts(since - Before)), new("latest", Ts(since + After)),
                new("inclusive", "true"), new("include_all_metadata", "true"),
            ],
            "messages",
            message => CardMetadata.Has(message, mark) && (found = SlackAnswers.Text(message, "ts")) is not null,
            cancel);
        return reply.Outcome == SlackOutcome.Done ? reply with { Channel = id, Ts = found } : reply;
    }

    private static bool IsName(string channel) => channel.StartsWith('#');

    private static string Ts(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.000000");

    /// <returns>Null when it is known now. It is enough to look where the app is: elsewhere it reads nothing.</returns>
    private async Task<SlackReply?> LearnId(string channel, CancellationToken cancel)
    {
        var reply = await Pages(
            "users.conversations",
            [new("types", "public_channel,private_channel"), new("exclude_archived", "true")],
            "channels",
            one =>
            {
                Learn(channel, SlackAnswers.Text(one, "name") == channel[1..] ? SlackAnswers.Text(one, "id") : null);
                return _ids.ContainsKey(channel);
            },
            cancel);
        return reply.Outcome != SlackOutcome.Done ? reply
            : _ids.ContainsKey(channel) ? null
            : new(SlackOutcome.ChannelBroken, "not_in_channel");
    }

    private async Task<SlackReply> Pages(
        string method, KeyValuePair<string, string>[] arguments, string list, Predicate<JsonElement> isIt, CancellationToken cancel)
    {
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            KeyValuePair<string, string> more = new("cursor", cursor ?? "");
            var (reply, body) = await read(
                method, [.. arguments, new("limit", $"{PageSize}"), .. cursor is null ? [] : new[] { more }], cancel);
            if (reply.Outcome != SlackOutcome.Done)
            {
                return reply;
            }

            if (!body.TryGetProperty(list, out var items) || items.ValueKind != JsonValueKind.Array)
            {
                return new(SlackOutcome.Unsure, $"an answer without {list}");
            }

            if (items.EnumerateArray().Any(item => isIt(item)))
            {
                return reply;
            }

            cursor = body.TryGetProperty("response_metadata", out var next) ? SlackAnswers.Text(next, "next_cursor") : null;
            if (string.IsNullOrEmpty(cursor))
            {
                return reply;
            }
        }

        return new(SlackOutcome.Unsure, $"more than {MostPages * PageSize} {list} to look through");
    }
}
