using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Incidents.TestKit;

/// <summary>Keeps the last lines of a log from a level on, to be shown with a failure.</summary>
internal sealed class CollectedLog(LogLevel from) : ILoggerProvider
{
    private const int Kept = 500;

    private readonly ConcurrentQueue<string> _lines = new();

    public override string ToString() => string.Join(Environment.NewLine, _lines);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        // Nothing is held; the lines outlive the host that wrote them.
    }

    private void Add(string line)
    {
        _lines.Enqueue(line);
        if (_lines.Count > Kept)
        {
            _lines.TryDequeue(out _);
        }
    }

    private sealed class Category(CollectedLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.From;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Add($"{logLevel} {name}: {formatter(state, exception)} {exception}".TrimEnd());
            }
        }
    }

    private LogLevel From => from;
}
