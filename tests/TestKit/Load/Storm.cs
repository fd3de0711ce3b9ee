using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Incidents.TestKit.Load;

/// <summary>
/// Sends the arrivals of a plan, each at its moment whatever became of those before it (an open loop): a service that
/// stalls does not slow its senders down, and what it does not take in time is late by all the time that it stalled.
/// As many requests are under way at once as there are connections; each takes the next arrival that is due.
/// </summary>
public sealed class Storm(
    Arrivals arrivals, IReadOnlyList<Uri> targets, IReadOnlyList<StormSender> senders, LedgerWriter ledger, StormTally tally) : IDisposable
{
    /// <summary>Beyond the resolution of a timer on a busy machine.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMilliseconds(10);

    private const int MostSaid = 300;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null });
    private long _next = -1;

    /// <summary>After that Grafana gives up, too.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after the last moment the backlog may still be sent.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Returns when all that was started is answered and in the ledger.</summary>
    /// <param name="end">Starts no more; what is under way is waited for.</param>
    public async Task Run(TimeSpan duration, int connections, CancellationToken end)
    {
        var begun = Stopwatch.GetTimestamp();
        var sent = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(_ => Task.Run(() => Send(begun, duration, end), CancellationToken.None)));
        var over = Stopwatch.GetElapsedTime(begun) is var now && now < duration ? now : duration;
        tally.NeverStarted(Math.Max(0, (long)(over.TotalSeconds * arrivals.Plan.Rate) - sent.Sum()));
    }

    public void Dispose() => _http.Dispose();

    /// <returns>How many it sent.</returns>
    private async Task<long> Send(long begun, TimeSpan duration, CancellationToken end)
    {
        var sent = 0L;
        while (Interlocked.Increment(ref _next) is var arrival && arrivals.Plan.Due(arrival) < duration)
        {
            var due = arrivals.Plan.Due(arrival);
            var (number, isDuplicate) = arrivals.BodyOf(arrival);
            var body = arrivals.Write(number);
            if (!await Wait(begun, due, end) || Stopwatch.GetElapsedTime(begun) > duration + Grace)
            {
                break;
            }

            var started = Stopwatch.GetElapsedTime(begun);
            var sender = senders[isDuplicate ? senders.Count - 1 : 0];
            var answer = await Post(targets[(int)((arrival + (isDuplicate ? 1 : 0)) % targets.Count)], sender, body);
            var entry = new LedgerEntry
            {
                Number = arrival,
                Body = number,
                Sender = sender.Name,
                Scheduled = due.TotalSeconds,
                Started = started.TotalSeconds,
                Ended = Stopwatch.GetElapsedTime(begun).TotalSeconds,
                Status = answer.Status,
                Error = answer.Error,
                Digests = body.Digests,
                Fates = answer.Fates,
            };
            tally.Add(entry, started - due > LateAfter);
            await ledger.Note(entry);
            sent++;
        }

        return sent;
    }

    /// <returns>False when the storm was ended before.</returns>
    private static async Task<bool> Wait(long begun, TimeSpan due, CancellationToken end)
    {
        try
        {
            while (due - Stopwatch.GetElapsedTime(begun) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), TimeProvider.System, end);
            }

            return !end.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<(int? Status, string? Error, string?[] Fates)> Post(Uri target, StormSender sender, GrafanaBody body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target);
        request.Content = new ReadOnlyMemoryContent(body.Bytes);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Grafana");
        request.Headers.Authorization = sender.Authorization;
        using var timeout = new CancellationTokenSource(AnswerWithin, TimeProvider.System);
        try
        {
            using var response = await _http.SendAsync(request, timeout.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(timeout.Token);
            var status = (int)response.StatusCode;
            return (status, status < 300 ? null : Said(answer), WebhookReply.Read(status, answer, body.Digests.Count));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return (null, timeout.IsCancellationRequested ? "no answer in time" : e.Message, new string?[body.Digests.Count]);
        }
    }

    private static string Said(byte[] answer) => Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, MostSaid)));
}
