using System.CommandLine;
using Incidents.TestKit.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Incidents.Benchmarks.Storms;

/// <summary><c>ceiling</c>: how many arrivals a second this machine can send on time, to an endpoint in the same process
/// that only reads and answers. A storm near it measures the storm.</summary>
internal static class CeilingCommand
{
    private static readonly Option<double[]> Rates = new("--rates")
    {
        Description = "arrivals a second to try",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [500, 1_000, 2_000, 3_000, 4_000, 6_000, 8_000],
    };

    private static readonly Option<TimeSpan> For = Settings.Seconds("--for", 5, "seconds of each");
    private static readonly Option<string> MixName = new("--mix") { DefaultValueFactory = static _ => "everyday" };

    public static Command Build()
    {
        var command = new Command("ceiling", "How many arrivals a second can be sent on time from this machine.") { Rates, For, MixName };
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parse, CancellationToken cancel)
    {
        await using var endpoint = Endpoint();
        await endpoint.StartAsync(cancel);
        var table = new Table().Border(TableBorder.Simple).AddColumns("arrivals/s", "sent/s", "alerts/s", "late %", "p50 ms", "p99 ms");
        foreach (var rate in parse.GetValue(Rates)!)
        {
            var tally = new StormTally();
            var plan = new StormPlan("c", 1, Mix.Presets[parse.GetValue(MixName)!], rate, TimeProvider.System.GetUtcNow());
            var path = Path.GetTempFileName();
            File.Delete(path);
            await using (var ledger = new LedgerWriter(path, plan))
            {
                using var storm = new Storm(new(plan), [new(endpoint.Urls.Single())], [new("ceiling")], ledger, tally) { Grace = TimeSpan.Zero };
                await storm.Run(parse.GetValue(For), 256, cancel);
            }

            File.Delete(path);
            var (all, seconds) = (tally.TakeRecent(), parse.GetValue(For).TotalSeconds);
            table.AddRow(
                $"{rate}", $"{tally.Now.Sent / seconds:0}", $"{tally.Now.Alerts / seconds:0}",
                $"{100.0 * (tally.Now.Late + tally.Now.NeverStarted) / (tally.Now.Sent + tally.Now.NeverStarted):0.0}",
                $"{all.Quantile(0.5).TotalMilliseconds:0.0}", $"{all.Quantile(0.99).TotalMilliseconds:0.0}");
        }

        AnsiConsole.Write(table);
    }

    private static WebApplication Endpoint()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(static async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            await http.Response.WriteAsync("{}", http.RequestAborted);
        });
        return app;
    }
}
