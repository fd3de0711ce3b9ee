using System.Diagnostics;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>Senders that post to several WebFronts, as through a balancer: where nobody listens another one is
/// asked.</summary>
internal sealed class SenderFlow : IAsyncDisposable
{
    private const int MostUnderWay = 20_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly CancellationTokenSource _over = new();
    private readonly IReadOnlyList<Uri> _targets;
    private readonly FlowPlan _plan;
    private readonly Task _senders;

    /// <param name="seed">Of what is sent, not of when.</param>
    public SenderFlow(IEnumerable<Uri> webFronts, FlowPlan plan, int seed)
    {
        _targets = [.. webFronts.Select(static web => new Uri(web, "/webhook/grafana"))];
        _plan = plan;
        _senders = plan.PerSecond is { } rate
            ? Task.Run(() => Pace(rate, new(seed)))
            : Task.WhenAll(Enumerable.Range(0, plan.Senders).Select(sender => Task.Run(() => Send(sender, new(seed + sender)))));
    }

    /// <summary>How the marks of its alerts begin: several flows can share a database.</summary>
    public string Name { get; } = Guid.NewGuid().ToString("N")[..8];

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

    /// <summary>The tables hold exactly what was accepted.</summary>
    public Task IsStored(TestDatabase database) => Audit.AllStoredOnce(database, Name, Ledger.Accepted, Ledger.Unknown);

    public async ValueTask DisposeAsync()
    {
        await End();
        _http.Dispose();
        _over.Dispose();
    }

    private async Task Send(int sender, Random random)
    {
        for (var request = 0; !_over.IsCancellationRequested; request++)
        {
            await Post(sender, request, random);
        }
    }

    private async Task Pace(int perSecond, Random random)
    {
        var started = Stopwatch.GetTimestamp();
        var underWay = new List<Task>();
        using var timer = new PeriodicTimer(Tick);
        for (var request = 0; !_over.IsCancellationRequested;)
        {
            await timer.WaitForNextTickAsync();
            for (var due = Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond; request < due; request++)
            {
                underWay.Add(Post(request % _plan.Senders, request, random));
            }

            underWay.RemoveAll(static one => one.IsCompletedSuccessfully);
            Assert.InRange(underWay.Count, 0, MostUnderWay);
        }

        await Task.WhenAll(underWay);
    }

    private Task Post(int sender, int request, Random random)
    {
        var delivery = FlowDelivery.Make(Name, sender, request, _plan, random);
        return Task.WhenAll(Enumerable.Range(0, _plan.Copies).Select(copy => Post(delivery, sender + copy)));
    }

    private async Task Post(FlowDelivery delivery, int first)
    {
        var sent = Stopwatch.GetTimestamp();
        for (var tried = 1; ; tried++)
        {
            try
            {
                using var content = delivery.Content();
                using var answer = await _http.PostAsync(_targets[(first + tried) % _targets.Count], content);
                Note(delivery, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), sent);
                return;
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError && tried < _targets.Count)
            {
                // Nobody listens there, and nothing was sent.
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                Ledger.Lose(delivery.Marks, sent);
                return;
            }
        }
    }

    private void Note(FlowDelivery delivery, int status, string answer, long sent)
    {
        if (delivery.Read(status, answer) is { } alerts)
        {
            Ledger.Accept(alerts, sent);
        }
        else
        {
            Ledger.Refuse(delivery.Marks, $"{status} {answer}", sent);
        }
    }
}
