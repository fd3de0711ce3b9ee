using System.Diagnostics;
using System.Net;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>A program that listens to HTTP, as a process of its own with its output in a file.</summary>
internal sealed class ServiceProcess : IDisposable
{
    /// <summary>Beyond the 30 s that both programs give themselves to finish what they accepted.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    // So short that a hung process, which takes the connection and says nothing, is asked again soon.
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process _process;

    private ServiceProcess(Process process, Uri url, string log) => (_process, Url, Log) = (process, url, log);

    public Uri Url { get; }

    /// <summary>The file with all that it said.</summary>
    public string Log { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <param name="environment">Nobody else on the machine can read it, as they can arguments.</param>
    public static ServiceProcess Start(
        IReadOnlyList<string> command, Uri url, string log, IEnumerable<(string Name, string Value)> environment)
    {
        // bash becomes the program: the output goes straight to the file, also while this process is busy. A silo that ends
        // itself aborts: where machines keep images of that, writing one can take longer than all else.
        var start = new ProcessStartInfo("bash", ["-c", "ulimit -c 0; exec \"$@\" >\"$0\" 2>&1", log, .. command]);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, url, log);
    }

    public Task Send(string signal, CancellationToken cancel) => Signal.Send(signal, Id, cancel);

    /// <summary>Asks it to stop and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop(CancellationToken cancel)
    {
        await Send("TERM", cancel);
        return await Ended(EndsWithin, cancel);
    }

    public async Task<int> Ended(TimeSpan within, CancellationToken cancel)
    {
        try
        {
            await _process.WaitForExitAsync(cancel).WaitAsync(within, TimeProvider.System, cancel);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The process did not end within {within.TotalSeconds:0} s (see {Log}): {LastWords()}");
        }

        return _process.ExitCode;
    }

    /// <summary>Null while nobody listens.</summary>
    public async Task<HttpStatusCode?> Health(string path, CancellationToken cancel) => (await Ask(path, cancel))?.Status;

    /// <summary>Ready in every way: what only keeps aside what it is sent is not.</summary>
    public async Task<bool> IsWell(CancellationToken cancel, string path = "/health/ready") =>
        await Ask(path, cancel) is (HttpStatusCode.OK, var text) && !text.Contains("degraded", StringComparison.Ordinal);

    public Task IsReady(CancellationToken cancel, string path = "/health/ready") => Eventually.Holds(
        $"{Path.GetFileNameWithoutExtension(Log)} is ready",
        async () => HasEnded
            ? throw new InvalidOperationException($"The process ended with {_process.ExitCode}: {LastWords()}")
            : await IsWell(cancel, path),
        ReadyWithin,
        cancel,
        LastWords);

    /// <summary>How many lines of its log contain the text.</summary>
    public async Task<int> TimesSaid(string text, CancellationToken cancel) =>
        (await File.ReadAllLinesAsync(Log, cancel)).Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>The last warnings and errors of our own code in its log.</summary>
    public IEnumerable<string> OwnComplaints() => File.ReadLines(Log).Where(static line =>
        line.Contains(" warn: Incidents.", StringComparison.Ordinal) || line.Contains(" fail: Incidents.", StringComparison.Ordinal)).TakeLast(10);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(); // nobody may write the log, or listen, after us
        }

        _process.Dispose();
    }

    private async Task<(HttpStatusCode Status, string Text)?> Ask(string path, CancellationToken cancel)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Url, path), cancel);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private string LastWords() => string.Join('\n', File.ReadLines(Log).TakeLast(20));
}
