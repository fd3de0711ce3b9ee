using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>Hears from the driver what it sends.</summary>
internal sealed class SentStatements : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _texts = new();

    public IEnumerable<string> Texts => _texts.Distinct();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (state is IEnumerable<KeyValuePair<string, object?>> fields
            && fields.FirstOrDefault(static f => f.Key == "CommandText").Value is string text)
        {
            _texts.Enqueue(text);
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
