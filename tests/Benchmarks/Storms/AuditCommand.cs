using System.CommandLine;
using System.Diagnostics;
using Incidents.TestKit;
using Incidents.TestKit.Load;
using Spectre.Console;

namespace Incidents.Benchmarks.Storms;

/// <summary><c>audit</c>: holds the database against ledgers.</summary>
internal static class AuditCommand
{
    private static readonly Argument<FileInfo[]> Ledgers = new("ledger")
    {
        Description = "what storms were told; without, only whether the database is sound",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Build()
    {
        var command = new Command("audit", "Is every accepted alert stored as sent, once, and is what is stored of one piece?")
        {
            Ledgers, Settings.DatabaseEnv, Settings.DrainWithin, Settings.WithStrangers,
        };
        command.SetAction((parse, cancel) => Run(parse, parse.GetValue(Ledgers)!, null, cancel));
        return command;
    }

    /// <param name="folder">Where <c>audit.json</c> goes; null: nowhere.</param>
    /// <returns>0 when nothing is wrong.</returns>
    public static async Task<int> Run(ParseResult parse, FileInfo[] ledgers, DirectoryInfo? folder, CancellationToken cancel)
    {
        await using var connection = await Settings.Open(parse.GetValue(Settings.DatabaseEnv)!, cancel);
        var started = Stopwatch.GetTimestamp();
        var sent = ledgers.Length > 0 ? new SentAlerts(ledgers.Select(static file => new LedgerFile(file.FullName))) : null;
        if (sent is { Pending: > 0 })
        {
            var within = parse.GetValue(Settings.DrainWithin);
            var took = await Drain.Wait(connection, sent, within, cancel);
            AnsiConsole.MarkupLineInterpolated(
                $"{Drain.Condition}: {(took is { } time ? $"after {time.TotalSeconds:0.0} s" : $"not within {within.TotalSeconds} s")}");
        }

        var audit = await StoredAudit.Of(connection, sent, cancel);
        if (sent is not null && audit.Strangers > 0 && !parse.GetValue(Settings.WithStrangers))
        {
            audit.Findings.Add("audits that found alerts of others", $"{audit.Strangers} rows; --with-strangers allows them");
        }

        Tell(audit, sent, Stopwatch.GetElapsedTime(started));
        if (folder is not null)
        {
            ReportFile.Write(Path.Combine(folder.FullName, "audit.json"), new
            {
                audit.Alerts,
                audit.Incidents,
                audit.Strangers,
                sent?.Accepted,
                sent?.Pending,
                sent?.Open,
                Seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
                Findings = audit.Findings.All,
            });
        }

        return audit.Findings.None ? 0 : 1;
    }

    private static void Tell(StoredAudit audit, SentAlerts? sent, TimeSpan took)
    {
        var of = sent is null ? "" : $", {sent.Accepted} accepted and {sent.Open} unknown alerts";
        AnsiConsole.MarkupLineInterpolated($"audit of {audit.Alerts} rows in {audit.Incidents} incidents{of}: {took.TotalSeconds:0.0} s");
        foreach (var finding in audit.Findings.All)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]  {finding}[/]");
        }

        AnsiConsole.MarkupLine(audit.Findings.None ? "[green]audit passed[/]" : "[red]audit failed[/]");
    }
}
