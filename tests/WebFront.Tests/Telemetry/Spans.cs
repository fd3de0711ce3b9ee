using System.Collections.Concurrent;
using System.Diagnostics;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Telemetry;

/// <summary>Hears every span of this process that belongs to one of our traces.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentBag<Activity> _ended = [];
    private readonly ConcurrentDictionary<ActivityTraceId, ActivitySpanId> _traces = new();
    private readonly ActivityListener _listener;

    public Spans()
    {
        _listener = new()
        {
            ShouldListenTo = static source => source.Name is "Incidents" or "Microsoft.AspNetCore" or "Microsoft.Orleans.Application",
            Sample = static (ref options) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Posts as a sender that traces.</summary>
    public async Task<ActivityTraceId> Post(IncidentsSystem system, byte[] body)
    {
        var (trace, span) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());
        _traces[trace] = span;
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhook/grafana") { Content = content };
        request.Headers.Add("traceparent", $"00-{trace}-{span}-01");
        using var answer = await system.Client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return trace;
    }

    public List<Activity> Of(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

    /// <summary>The names from the outermost span to this one.</summary>
    public string Path(Activity span)
    {
        var names = new List<string>();
        for (var at = span; at is not null; at = Of(span.TraceId).Find(other => other.SpanId == at.ParentSpanId))
        {
            names.Insert(0, $"{at.Kind} {at.OperationName}");
            if (at.ParentSpanId == _traces[span.TraceId])
            {
                names.Insert(0, "sender");
            }
        }

        return string.Join(" > ", names);
    }

    public void Dispose() => _listener.Dispose();
}
