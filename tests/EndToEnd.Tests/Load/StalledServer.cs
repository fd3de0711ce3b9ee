using System.Diagnostics;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.EndToEnd.Tests.Load;

/// <summary>Answers webhooks at once, but none between two moments after its first one: those it keeps until the second.
/// It can also cut connections instead of answering.</summary>
internal sealed class StalledServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _from;
    private readonly TimeSpan _to;
    private readonly Func<int, bool> _cuts;
    private long _first;
    private int _requests;

    private StalledServer(TimeSpan from, TimeSpan to, Func<int, bool> cuts)
    {
        (_from, _to, _cuts) = (from, to, cuts);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add($"http://127.0.0.1:{FreePort.Next()}");
        _app.Run(Answer);
    }

    public Uri Url => new(_app.Urls.Single());

    public static async Task<StalledServer> Start(
        TimeSpan from = default, TimeSpan to = default, Func<int, bool>? cuts = null, CancellationToken cancel = default)
    {
        var server = new StalledServer(from, to, cuts ?? (static _ => false));
        await server._app.StartAsync(cancel);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        var number = Interlocked.Increment(ref _requests) - 1;
        Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        if (_cuts(number))
        {
            http.Abort();
            return;
        }

        var elapsed = Stopwatch.GetElapsedTime(_first);
        if (elapsed > _from && elapsed < _to)
        {
            await Task.Delay(_to - elapsed, TimeProvider.System, http.RequestAborted);
        }

        await http.Response.WriteAsync("""{"status":"success","results":[{"index":0,"incident_id":"INC-1"}],"rejected":[]}""", http.RequestAborted);
    }
}
