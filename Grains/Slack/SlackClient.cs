using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Slack;

/// <summary>Calls Slack, once each: who calls decides when to call again. What went wrong is logged here.</summary>
/// <remarks>Each method throws only when its caller cancels; whether Slack did it is not known then.</remarks>
internal sealed partial class SlackClient : IDisposable
{
    private readonly SlackOptions _options;
    private readonly ILogger _logger;
    private readonly SlackWire _wire;
    private readonly CardSearch _search;

    public SlackClient(IOptions<SlackOptions> options, TimeProvider clock, ILogger<SlackClient> logger)
    {
        (_options, _logger) = (options.Value, logger);
        _wire = new(_options.AnswerWithin, usesProxy: !new Uri(_options.WebhookUrl ?? _options.ApiBaseUrl).IsLoopback, clock);
        _search = new(Read);
    }

    /// <param name="channel">Its id or its name.</param>
    /// <returns>With the channel's id and the message's ts.</returns>
    public async Task<SlackReply> Post(string channel, SlackMessage message, CardMark mark, CancellationToken cancel)
    {
        var reply = await Call(
            "chat.postMessage",
            body =>
            {
                body.WriteString("channel", channel);
                Write(body, message);
                body.WriteBoolean("unfurl_links", false);
                body.WriteBoolean("unfurl_media", false);
                CardMetadata.Write(body, mark);
            },
            cancel);
        if (reply.Outcome == SlackOutcome.Done && !IsNamed(reply))
        {
            return Logged("chat.postMessage", new(SlackOutcome.Unsure, "an answer without channel and ts"));
        }

        _search.Learn(channel, reply.Channel);
        return reply;
    }

    /// <param name="channel">Its id.</param>
    public Task<SlackReply> Edit(string channel, string ts, SlackMessage message, CancellationToken cancel) => Call(
        "chat.update",
        body =>
        {
            body.WriteString("channel", channel);
            body.WriteString("ts", ts);
            Write(body, message);
        },
        cancel);

    /// <summary>Looks for a message that <see cref="Post"/> may have left.</summary>
    /// <param name="channel">Its id or its name.</param>
    /// <param name="since">When the post began.</param>
    /// <returns>Done without a ts: it is not there.</returns>
    public Task<SlackReply> Find(string channel, CardMark mark, DateTimeOffset since, CancellationToken cancel) =>
        _search.Find(channel, mark, since, cancel);

    /// <param name="triggerId">Of a press, good once and for 3 s.</param>
    public Task<SlackReply> OpenView(string triggerId, JsonObject view, CancellationToken cancel) => Call(
        "views.open",
        body =>
        {
            body.WriteString("trigger_id", triggerId);
            body.WritePropertyName("view");
            view.WriteTo(body);
        },
        cancel);

    /// <summary>By the incoming webhook, which says neither channel nor ts.</summary>
    public async Task<SlackReply> Tell(string text, CancellationToken cancel)
    {
        using var content = Content(body =>
        {
            body.WriteString("text", text);
            body.WriteBoolean("unfurl_links", false);
            body.WriteBoolean("unfurl_media", false);
        });
        var to = new Uri(_options.WebhookUrl ?? throw new InvalidOperationException("There is no Slack:WebhookUrl."));
        var (answer, fault) = await _wire.Send(to, token: null, content, cancel);
        return Logged("incoming webhook", answer is null ? fault! : SlackAnswers.OfWebhook(answer));
    }

    public void Dispose() => _wire.Dispose();

    private async Task<SlackReply> Call(string method, Action<Utf8JsonWriter> write, CancellationToken cancel)
    {
        using var content = Content(write);
        return (await Call(method, content, cancel)).Reply;
    }

    /// <summary>Methods that read take no JSON.</summary>
    private async Task<(SlackReply Reply, JsonElement Body)> Read(
        string method, IReadOnlyCollection<KeyValuePair<string, string>> arguments, CancellationToken cancel)
    {
        using var form = new FormUrlEncodedContent(arguments);
        using var content = new WatchedContent(await form.ReadAsByteArrayAsync(cancel), "application/x-www-form-urlencoded");
        return await Call(method, content, cancel);
    }

    private async Task<(SlackReply Reply, JsonElement Body)> Call(string method, WatchedContent content, CancellationToken cancel)
    {
        var to = new Uri($"{_options.ApiBaseUrl.TrimEnd('/')}/{method}");
        var (answer, fault) = await _wire.Send(to, _options.BotToken, content, cancel);
        var (reply, body) = answer is null ? (fault!, default) : SlackAnswers.OfMethod(answer);
        return (Logged(method, reply), body);
    }

    /// <summary>No bare address becomes a link and no @name a mention: what the renderer wants linked it writes so.</summary>
    private static void Write(Utf8JsonWriter body, SlackMessage message)
    {
        body.WriteString("text", message.Text);
        body.WritePropertyName("blocks");
        message.Blocks.WriteTo(body);
        body.WritePropertyName("attachments");
        message.Attachments.WriteTo(body);
        body.WriteString("parse", "none"); // chat.update would take "client", and link names and addresses
        body.WriteBoolean("link_names", false);
    }

    private static WatchedContent Content(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var body = new Utf8JsonWriter(buffer))
        {
            body.WriteStartObject();
            write(body);
            body.WriteEndObject();
        }

        return new(buffer.ToArray(), "application/json; charset=utf-8");
    }

    /// <summary>Names as Slack gives them; others could not be kept.</summary>
    private static bool IsNamed(SlackReply reply) =>
        reply is { Channel: { Length: > 0 and <= 64 } channel, Ts: { Length: > 0 and <= 32 } ts } && IsName(channel) && IsName(ts);

    private static bool IsName(string text) => text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    private SlackReply Logged(string method, SlackReply reply)
    {
        if (reply.Outcome == SlackOutcome.RateLimited)
        {
            LogLimited(method, reply.Error, reply.RetryAfter);
        }
        else if (reply.Outcome != SlackOutcome.Done)
        {
            LogFailed(method, reply.Outcome, reply.Error);
        }

        return reply;
    }

    [LoggerMessage(LogLevel.Debug, "Slack's {Method} is not to be called for {RetryAfter}: {Error}")]
    private partial void LogLimited(string method, string? error, TimeSpan? retryAfter);

    [LoggerMessage(LogLevel.Debug, "Slack's {Method} ended as {Outcome}: {Error}")]
    private partial void LogFailed(string method, SlackOutcome outcome, string? error);
}
