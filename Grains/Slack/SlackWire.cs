using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Incidents.Grains.Slack;

/// <summary>One HTTP exchange with Slack. What fails on the way is an outcome as well: whether Slack can have heard it
/// decides if it may be said again.</summary>
/// <param name="usesProxy">That of the environment (<c>HTTPS_PROXY</c>), through which companies let their servers out.</param>
internal sealed class SlackWire(TimeSpan answerWithin, bool usesProxy, TimeProvider clock) : IDisposable
{
    /// <summary>200 messages of the largest cards, when Slack escapes every letter.</summary>
    private const int LargestAnswer = 16 * 1024 * 1024;

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = ConnectWithin,
        MaxConnectionsPerServer = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // Slack's addresses change
        AllowAutoRedirect = false, // the token goes nowhere else
        UseProxy = usesProxy,
        UseCookies = false,
        ActivityHeadersPropagator = null, // no span holds a webhook's address, and Slack gets no trace of ours
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <returns>The answer, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller went away. Whether Slack did it is not known.</exception>
    public async Task<(SlackAnswer? Answer, SlackReply? Fault)> Send(
        Uri to, string? token, WatchedContent content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = content };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var deadline = new CancellationTokenSource(answerWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return (new(response.StatusCode, RetryAfter(response.Headers.RetryAfter), body), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            var outcome = content.IsBegun ? SlackOutcome.Unsure : SlackOutcome.NotSent;
            return (null, new(outcome, Words(exception, content.IsBegun, deadline.IsCancellationRequested)));
        }
    }

    public void Dispose() => _http.Dispose();

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);

    /// <summary>Never the exception's own, which may name an address.</summary>
    private string Words(Exception exception, bool isBegun, bool isLate) => exception switch
    {
        _ when isLate => $"{(isBegun ? "no answer" : "no connection")} within {answerWithin.TotalSeconds:0.###} s",
        HttpRequestException { HttpRequestError: var error, InnerException: SocketException socket } =>
            $"{error}: {socket.SocketErrorCode}",
        HttpRequestException { InnerException: IOException { InnerException: SocketException socket } } =>
            $"connection lost: {socket.SocketErrorCode}",
        HttpRequestException { HttpRequestError: var error } => $"{error}",
        OperationCanceledException => $"no connection within {ConnectWithin.TotalSeconds:0} s",
        _ => "connection lost",
    };
}

/// <param name="RetryAfter">As the header says, unchecked.</param>
internal sealed record SlackAnswer(HttpStatusCode Status, TimeSpan? RetryAfter, byte[] Body);
