using System.Diagnostics;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Load;

/// <summary>The tool as people run it, against a running service.</summary>
public sealed class BenchTests : IDisposable
{
    private const string Variable = "AUDITED_DATABASE";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("incidents-bench.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_storm_is_reported_and_audited_and_a_loss_is_a_failure()
    {
        await using var system = await IncidentsSystem.Start(Cancel);
        var marks = Path.Combine(_folder.FullName, "marks.txt");
        await File.WriteAllTextAsync(marks, $"{TimeProvider.System.GetUtcNow():O} the <first> fault\nno mark\n", Cancel);

        var (code, said) = await Run(
            system.Database, "storm", "--url", $"{system.Client.BaseAddress}", "--rate", "100", "--for", "2", "--seed", "7",
            "--out", _folder.FullName, "--marks", marks, "--no-refusal");
        Assert.True(code == 0, said);
        Assert.Contains("audit passed", said, StringComparison.Ordinal);
        Assert.Contains("the <first> fault", said, StringComparison.Ordinal);
        var report = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "report.json"), Cancel));
        Assert.Equal(200, report.GetProperty("total").GetProperty("stored").GetInt32());
        Assert.Equal(1, report.GetProperty("marks").GetArrayLength());
        Assert.Contains("the &lt;first&gt; fault", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "report.svg"), Cancel), StringComparison.Ordinal);

        await system.Database.Execute("DELETE FROM grafana_alerts ORDER BY alert_id LIMIT 1");
        (code, said) = await Run(system.Database, "audit", Path.Combine(_folder.FullName, "ledger.jsonl"));
        Assert.True(code == 1, said);
        Assert.Contains("1 accepted alerts that are not stored, such as ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_no_refusal_a_refused_delivery_is_a_failure()
    {
        await using var database = await TestDatabase.CreateEmpty();
        await using var server = await StalledServer.Start(cuts: static number => number == 3, cancel: Cancel);
        string[] storm = ["storm", "--url", $"{server.Url}", "--rate", "20", "--for", "1", "--mix", "uniform", "--no-audit"];

        Assert.Equal(0, (await Run(database, [.. storm, "--out", Path.Combine(_folder.FullName, "1")])).Code);
        await using var another = await StalledServer.Start(cuts: static number => number == 3, cancel: Cancel);
        storm[2] = $"{another.Url}";
        Assert.Equal(1, (await Run(database, [.. storm, "--no-refusal", "--out", Path.Combine(_folder.FullName, "2")])).Code);
    }

    private static async Task<(int Code, string Said)> Run(TestDatabase database, params string[] arguments)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/EndToEnd.Tests/release
        var program = Path.Combine(ours.Parent!.Parent!.FullName, "Benchmarks", ours.Name, "Incidents.Benchmarks.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments, "--database-env", Variable]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Variable] = database.ConnectionString;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, string.Concat(said));
    }
}
