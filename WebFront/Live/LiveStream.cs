using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Live;

/// <summary>One viewer's stream: what changed since it was last here, then whatever comes. It holds nothing but how far it has
/// read, so however many watch, the log and its texts are there once.</summary>
internal sealed class LiveStream(
    LiveLog log, LivePainter painter, LiveInstruments instruments, IOptions<LiveOptions> options, IHostApplicationLifetime life, TimeProvider clock)
{
    /// <summary>For one write: a browser that takes nothing for that long is asleep.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What is not sound for that long is not called so.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <param name="cursor">What of the log is known.</param>
    /// <param name="first">What is not in it.</param>
    public async Task Write(HttpContext http, LiveFilter filter, LiveFormat format, long cursor, ReadOnlyMemory<byte> first)
    {
        using var end = new CancellationTokenSource(options.Value.StreamFor, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(end.Token, http.RequestAborted, life.ApplicationStopping);
        try
        {
            Begin(http.Response);
            await Send(http, first, any.Token);
            await Follow(http, filter, format, cursor, any.Token);
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            // Its time is over, the viewer went, or we stop: whoever is still there comes back.
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            instruments.OnCut();
            http.Abort();
        }
    }

    private async Task Follow(HttpContext http, LiveFilter filter, LiveFormat format, long cursor, CancellationToken cancel)
    {
        for (var beats = -1L; ;)
        {
            var next = log.Next;
            if (log.After(cursor) is not { } view)
            {
                instruments.OnCut();
                return;
            }

            cursor = view.Latest;
            if (!view.IsEmpty)
            {
                await Send(http, await view.Text(filter, format, painter), cancel);
            }

            if (beats != log.Beats)
            {
                beats = log.Beats;
                await Send(http, Ping(), cancel);
            }

            await next.WaitAsync(cancel);
        }
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold it back
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private ReadOnlyMemory<byte> Ping()
    {
        var sound = log.SoundAt;
        if (clock.GetUtcNow() - sound > Fresh)
        {
            return Encoding.UTF8.GetBytes(LiveText.Waiting);
        }

        var text = new StringBuilder();
        LiveText.Event(text, LiveText.Ping, sound, "{}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task Send(HttpContext http, ReadOnlyMemory<byte> text, CancellationToken cancel)
    {
        if (text.Length > 0)
        {
            await http.Response.Body.WriteAsync(text, cancel).AsTask().WaitAsync(Patience, clock, cancel);
            await http.Response.Body.FlushAsync(cancel).WaitAsync(Patience, clock, cancel);
        }
    }
}
