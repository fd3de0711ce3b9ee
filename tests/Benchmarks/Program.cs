using System.CommandLine;
using BenchmarkDotNet.Running;
using Incidents.Benchmarks;
using Incidents.Benchmarks.Live;
using Incidents.Benchmarks.Pages;
using Incidents.Benchmarks.Slack;
using Incidents.Benchmarks.Storms;
using Spectre.Console;

// ./bench.sh calls it; it says how.
if (args is ["decide", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(DecideBenchmarks).Assembly).Run(args.Length > 1 ? args[1..] : ["--filter", "*"]);
    return 0;
}

var root = new RootCommand("Storms of webhooks against Incidents, and the audit of what became of every alert.")
{
    StormCommand.Build(),
    AuditCommand.Build(),
    ReportCommand.Build(),
    CeilingCommand.Build(),
    SlackCommand.Build(),
    SeedCommand.Build(),
    PagesCommand.Build(),
    LiveCommand.Build(),
};
// In a file or a pipe nothing is as narrow as a terminal: no line shall be broken.
AnsiConsole.Profile.Width = Console.IsOutputRedirected ? 1_000 : AnsiConsole.Profile.Width;
// After Ctrl-C a storm still waits for what is under way, and is audited.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(10) });
