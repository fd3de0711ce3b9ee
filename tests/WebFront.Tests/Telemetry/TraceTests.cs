using System.Diagnostics;
using Incidents.TestKit;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Telemetry;

public sealed class TraceTests(WatchedSystem watched)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_trace_of_one_alert_leads_from_its_sender_to_its_commit()
    {
        var system = await watched.Get();
        using var spans = new Spans();

        var trace = await spans.Post(system, Vary.Fixture("grafana/01_single_firing.json", Vary.NewName()));

        await Eventually.Holds("the request's span ended", () => Task.FromResult(Ended(spans, trace)), Soon, TestContext.Current.CancellationToken);
        const string Request = "sender > Server Microsoft.AspNetCore.Hosting.HttpRequestIn";
        const string Observe = Request + " > Client IIncidentKeyGrain/Observe > Server IIncidentKeyGrain/Observe > Internal observe";
        string[] expected =
        [
            Request + " > Internal parse",
            Observe + " > Internal load",
            Observe + " > Internal decide",
            Observe + " > Internal commit > Internal packet",
        ];
        var paths = spans.Of(trace).ConvertAll(spans.Path);
        Assert.All(expected, path => Assert.Contains(path, paths));
    }

    [Fact]
    public async Task Deliveries_that_share_a_commit_are_linked_to_it()
    {
        const int Webhooks = 40;
        var (system, name) = (await watched.Get(), Vary.NewName());
        await system.Accept("grafana/01_single_firing.json", name);
        using var spans = new Spans();

        var traces = await Task.WhenAll(Enumerable.Range(0, Webhooks)
            .Select(_ => spans.Post(system, Vary.Fixture("grafana/01_single_firing.json", name))));

        await Eventually.Holds("the requests' spans ended", () => Task.FromResult(traces.All(t => Ended(spans, t))), Soon, TestContext.Current.CancellationToken);
        var commits = traces.SelectMany(spans.Of).Where(static span => span.OperationName == "commit").Select(static span => span.SpanId).ToHashSet();
        Assert.InRange(commits.Count, 1, Webhooks);
        Assert.All(traces, trace =>
        {
            var own = spans.Of(trace);
            var observe = Assert.Single(own, static span => span.OperationName == "observe");
            Assert.True(own.Exists(static span => span.OperationName == "commit")
                || observe.Links.Any(link => commits.Contains(link.Context.SpanId)));
        });
    }

    [Fact]
    public async Task No_span_holds_a_text_that_somebody_sent()
    {
        var system = await watched.Get();
        using var spans = new Spans();

        var trace = await spans.Post(system, Hostile.Body(Vary.NewName()));

        await Eventually.Holds("the request's span ended", () => Task.FromResult(Ended(spans, trace)), Soon, TestContext.Current.CancellationToken);
        Assert.All(spans.Of(trace), static span => Assert.All(
            span.TagObjects, static tag => Assert.DoesNotContain(Hostile.Mark, $"{tag.Value}", StringComparison.Ordinal)));
    }

    private static bool Ended(Spans spans, ActivityTraceId trace) =>
        spans.Of(trace).Exists(static span => span.OperationName.EndsWith("HttpRequestIn", StringComparison.Ordinal));
}
