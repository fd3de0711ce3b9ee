using System.Collections.Concurrent;
using Incidents.Telemetry;
using Incidents.WebFront.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Tests.Telemetry;

public sealed class CollectorTests
{
    [Fact]
    public async Task With_a_collector_configured_figures_and_traces_go_there()
    {
        var heard = new ConcurrentBag<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/{**path}", (HttpRequest request) => heard.Add(request.Path));
        await collector.StartAsync(TestContext.Current.CancellationToken);

        var web = await RunningWebFront.Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        await web.Post("/webhook/grafana", "{}");
        await web.DisposeAsync(); // what is not sent yet is sent now

        Assert.Equal(["/v1/metrics", "/v1/traces"], heard.Distinct().Order());
    }

    [Theory]
    [InlineData(null, null, false, false)]
    [InlineData("http://127.0.0.1:4317", null, true, true)]
    [InlineData("http://127.0.0.1:4317", "false", true, false)]
    [InlineData(null, "true", false, true)]
    public void Without_a_collector_nothing_is_traced_unless_told(string? endpoint, string? traces, bool otlp, bool traced)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), new("Telemetry:Traces", traces)]).Build();

        Assert.Equal(new TelemetrySettings(otlp, traced), TelemetrySettings.Of(configuration));
    }

    [Theory]
    [InlineData(null, "simple")]
    [InlineData("json", "json")]
    public async Task The_log_is_lines_of_text_or_of_json_as_the_setting_says(string? setting, string formatter)
    {
        (string, string)[] settings = setting is null ? [] : [("Logging:Console:FormatterName", setting)];
        await using var web = RunningWebFront.Build(settings);

        Assert.Equal(formatter, web.Services.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>().CurrentValue.FormatterName);
    }
}
