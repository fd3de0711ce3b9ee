using System.Diagnostics;

namespace Incidents.EndToEnd.Tests;

/// <summary>./run.sh as a process of its own, with what it says.</summary>
internal sealed class RunScript : IAsyncDisposable
{
    /// <summary>Of the collection that all users belong to: run.sh builds, and two builds of one tree collide.</summary>
    public const string OneAtATime = "run.sh";

    private const string ConnectionString = "ConnectionStrings__Incidents";
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _out = [];
    private readonly List<string> _errors = [];
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunScript(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(_out, line.Data);
        process.ErrorDataReceived += (_, line) => Hear(_errors, line.Data);
    }

    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_lock)
            {
                return [.. _errors];
            }
        }
    }

    /// <summary>The addresses of the lines <c>silo-N health  http://…/health/ready</c>, which follow after <c>ready</c>.</summary>
    public IReadOnlyList<Uri> Silos
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _out.Where(static line => line.Contains(" health  http", StringComparison.Ordinal))
                        .Select(static line => new Uri(new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]), "/")),
                ];
            }
        }
    }

    private string Said
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _out.Concat(_errors));
            }
        }
    }

    public static RunScript Start(IEnumerable<string> options, string? connectionString = null)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "run.sh"), options)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(ConnectionString);
        if (connectionString is not null)
        {
            start.Environment[ConnectionString] = connectionString;
        }

        var script = new RunScript(Process.Start(start)!);
        script._process.BeginOutputReadLine();
        script._process.BeginErrorReadLine();
        return script;
    }

    /// <summary>The address of the line <c>ready http://…</c>.</summary>
    public async Task<Uri> Ready(CancellationToken cancel)
    {
        var ended = _process.WaitForExitAsync(cancel);
        if (await Task.WhenAny(_ready.Task, ended).WaitAsync(ReadyWithin, TimeProvider.System, cancel) == ended)
        {
            throw new InvalidOperationException($"run.sh ended with {_process.ExitCode}:\n{Said}");
        }

        return await _ready.Task;
    }

    public Task Terminate(CancellationToken cancel) => Signal.Send("TERM", _process.Id, cancel);

    public async Task<int> Ended(CancellationToken cancel)
    {
        try
        {
            await _process.WaitForExitAsync(cancel).WaitAsync(EndsWithin, TimeProvider.System, cancel);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"run.sh did not end:\n{Said}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Terminate(CancellationToken.None);
            await Ended(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Hear(List<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            lines.Add(line);
        }

        if (line.StartsWith("ready ", StringComparison.Ordinal))
        {
            _ready.TrySetResult(new(line["ready ".Length..]));
        }
    }
}
