using System.Net.Http.Headers;
using System.Runtime.InteropServices;

namespace Incidents.WebFront.Demo;

/// <summary>The `demo` verb: sends the scene to a running WebFront until it is stopped.</summary>
internal static class DemoStream
{
    private const int Seed = 20_261;

    /// <summary>Until Ctrl-C or SIGTERM, with the bearer token of INCIDENTS_TOKEN if there is one.</summary>
    public static async Task<int> Run(Uri target)
    {
        using CancellationTokenSource stop = new();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true; // Ours to handle: the end is a return, not a kill.
            stop.Cancel();
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using HttpClient client = new() { BaseAddress = target, Timeout = TimeSpan.FromSeconds(30) };
        if (Environment.GetEnvironmentVariable("INCIDENTS_TOKEN") is { Length: > 0 } token)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        await Send(client, TimeProvider.System, Console.Out, stop.Token);
        return 0;
    }

    /// <summary>Sends step after step; returns when cancelled.</summary>
    public static async Task Send(HttpClient client, TimeProvider time, TextWriter refusals, CancellationToken cancellation)
    {
        DemoScene scene = new(Seed, time.GetUtcNow());
        try
        {
            for (var step = 0; ; step++)
            {
                if (scene.Body(step, time.GetUtcNow()) is { } body && await Post(client, body, cancellation) is { } refusal)
                {
                    await refusals.WriteLineAsync($"webhook {step} was refused: {refusal}".AsMemory(), cancellation);
                }

                await Task.Delay(DemoScene.PauseAfter(step), time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The only way out.
        }
    }

    /// <summary>Why it was refused; null if it was not.</summary>
    private static async Task<string?> Post(HttpClient client, byte[] body, CancellationToken cancellation)
    {
        try
        {
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await client.PostAsync(new Uri("webhook/grafana", UriKind.Relative), content, cancellation);
            return answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"no answer within {client.Timeout.TotalSeconds:0} s";
        }
    }
}
