using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Slack;

/// <summary>Tells the presser, and nobody else, below the card that was pressed.</summary>
internal sealed partial class Whisper : IDisposable
{
    /// <summary>A block takes 3,000.</summary>
    private const int MaxText = 2_900;

    private const int Attempts = 2;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Uri _apiBase;
    private readonly TimeProvider _clock;
    private readonly ILogger<Whisper> _logger;

    // Nothing of a request is traced: its address is a secret.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        ConnectTimeout = AnswerWithin,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
    })
    {
        Timeout = AnswerWithin,
    };

    public Whisper(IOptions<PressOptions> options, TimeProvider clock, ILogger<Whisper> logger) =>
        (_apiBase, _clock, _logger) = (new(options.Value.ApiBaseUrl), clock, logger);

    /// <param name="text">Plain: whatever is in it mentions nobody and links nowhere.</param>
    /// <returns>False when the presser is not told; the log says so.</returns>
    public async Task<bool> Tell(PressedCard card, string text, CancellationToken cancel)
    {
        if (card.ResponseUrl?.Checked(_apiBase) is not { } url)
        {
            LogNowhere(card.Incident.Value);
            return false;
        }

        var body = Body(CleanText.Cut(text, MaxText));
        for (var attempt = 1; ; attempt++)
        {
            var failure = await Post(url, body, cancel);
            if (failure is null)
            {
                return true;
            }

            if (attempt == Attempts)
            {
                LogNotTold(card.Incident.Value, failure);
                return false;
            }

            await Task.Delay(Pause, _clock, cancel);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>As plain_text nothing in it is markup; the text beside it, which notifications show, is escaped.</summary>
    internal static string Body(string text) => new JsonObject
    {
        ["response_type"] = "ephemeral",
        ["replace_original"] = false,
        ["text"] = Escaped(text),
        ["blocks"] = new JsonArray(new JsonObject
        {
            ["type"] = "section",
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false },
        }),
    }.ToJsonString();

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Null when Slack took it; else what happened, without the address.</summary>
    private async Task<string?> Post(Uri url, string body, CancellationToken cancel)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8"));
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.IsSuccessStatusCode ? null : $"answered {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return e.GetType().Name;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Of {IncidentId} the presser is told nothing: Slack gave no response_url of its own")]
    private partial void LogNowhere(string incidentId);

    [LoggerMessage(LogLevel.Warning, "Of {IncidentId} the presser is told nothing: response_url {Failure}")]
    private partial void LogNotTold(string incidentId, string failure);
}
