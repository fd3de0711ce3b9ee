using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>
/// Senders that post one delivery after the other, each as soon as the one before is answered. A delivery has one to
/// three alerts of different keys, firing or resolved, and every alert carries a mark that is found again in its row.
/// Keys go out of use and others come, so that a silo that was just started gets its share of them.
/// </summary>
internal sealed class SenderFlow : IAsyncDisposable
{
    private const int Keys = 40;
    private const int RequestsOfAKey = 100;
    private const int Series = 3;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly CancellationTokenSource _over = new();
    private readonly Task _senders;

    /// <param name="seed">Of what is sent, not of when.</param>
    public SenderFlow(IReadOnlyList<ServiceProcess> webFronts, int senders, int seed)
    {
        var targets = webFronts.Select(static web => new Uri(web.Url, "/webhook/grafana")).ToList();
        _senders = Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(
            () => Send(sender, targets[sender % targets.Count], new(seed + sender)))));
    }

    public Ledger Ledger { get; } = new();

    public Task Reached(int answered, TimeSpan within, CancellationToken cancel) => Eventually.Holds(
        $"{answered} requests are answered",
        () => _senders.IsFaulted ? throw _senders.Exception : Task.FromResult(Ledger.Answered >= answered),
        within,
        cancel,
        () => $"There are {Ledger.Answered}, and {Ledger.Refusals.Count} refusals.");

    /// <summary>Sends no more, and waits until all that was sent is answered.</summary>
    public async Task End()
    {
        await _over.CancelAsync();
        await _senders;
    }

    /// <summary>Nothing was refused, and the tables hold exactly what was accepted.</summary>
    public async Task IsAccountedFor(TestDatabase database)
    {
        Assert.Empty(Ledger.Refusals);
        await Audit.AllStoredOnce(database, Ledger.Accepted);
        await Audit.IsSound(database);
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        _http.Dispose();
        _over.Dispose();
    }

    private async Task Send(int sender, Uri target, Random random)
    {
        for (var request = 0; !_over.IsCancellationRequested; request++)
        {
            var alerts = Enumerable.Range(0, random.Next(1, 4)).Select(i => $"{sender}-{request}-{i}").ToList();
            var first = random.Next(Keys);
            var body = new { version = "1", alerts = alerts.Select((mark, i) => Alert(mark, $"service-{request / RequestsOfAKey}-{first + i}", random)).ToList() };
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await _http.PostAsJsonAsync(target, body);
                Note(alerts, answer.StatusCode, await answer.Content.ReadAsStringAsync(), Stopwatch.GetElapsedTime(started));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                Ledger.Refuse(e.Message, Stopwatch.GetElapsedTime(started));
            }
        }
    }

    private static object Alert(string mark, string service, Random random)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var resolved = random.Next(4) == 0;
        return new
        {
            status = resolved ? "resolved" : "firing",
            labels = new { alertname = "Flow", service, severity = "critical" },
            annotations = new { mark },
            startsAt = now,
            endsAt = resolved ? now : "0001-01-01T00:00:00Z",
            fingerprint = random.Next(Series).ToString("x16", CultureInfo.InvariantCulture),
        };
    }

    private void Note(List<string> marks, HttpStatusCode status, string answer, TimeSpan took)
    {
        var incidents = status == HttpStatusCode.OK ? Incidents(answer) : [];
        if (incidents.Count == marks.Count)
        {
            Ledger.Accept(marks.Zip(incidents), took);
        }
        else
        {
            Ledger.Refuse($"{(int)status} after {took.TotalSeconds:0.0} s: {answer}", took);
        }
    }

    private static List<string> Incidents(string answer) =>
    [
        .. JsonElement.Parse(answer).GetProperty("results").EnumerateArray()
            .Select(static result => result.GetProperty("incident_id").GetString()).OfType<string>(),
    ];
}
