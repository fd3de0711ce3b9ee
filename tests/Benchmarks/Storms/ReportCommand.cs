using System.CommandLine;
using Incidents.TestKit.Load;

namespace Incidents.Benchmarks.Storms;

/// <summary><c>report</c>: the same report again, from the ledger.</summary>
internal static class ReportCommand
{
    private static readonly Argument<FileInfo> Ledger = new("ledger");

    public static Command Build()
    {
        var command = new Command("report", "Table, report.json and report.svg beside a ledger.") { Ledger, Settings.Marks };
        command.SetAction(static parse =>
        {
            var file = parse.GetValue(Ledger)!;
            var report = StormReport.Of(new LedgerFile(file.FullName), Mark.Read(parse.GetValue(Settings.Marks)), null);
            report.Write(file.Directory!);
            ReportTable.Show(report);
        });
        return command;
    }
}
