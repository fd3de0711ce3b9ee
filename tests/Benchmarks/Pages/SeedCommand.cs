using System.CommandLine;
using MySqlConnector;
using Spectre.Console;

namespace Incidents.Benchmarks.Pages;

/// <summary><c>seed</c>: fills a database with a long history, as many incidents and alerts as one asks for.</summary>
internal static class SeedCommand
{
    public static Option<int> Incidents { get; } = new("--incidents") { Description = "how many", DefaultValueFactory = static _ => 100_000 };

    public static Option<int> Alerts { get; } = new("--alerts") { Description = "how many, over all incidents", DefaultValueFactory = static _ => 500_000 };

    public static Command Build()
    {
        var command = new Command("seed", "Fills the database with a year of incidents; it must have the schema, and no incidents.") { Incidents, Alerts, Storms.Settings.DatabaseEnv };
        command.SetAction(static async (parse, cancel) =>
        {
            await using var connection = await Storms.Settings.Open(parse.GetValue(Storms.Settings.DatabaseEnv)!, cancel);
            await Seed(connection, parse.GetValue(Incidents), parse.GetValue(Alerts), cancel);
            return 0;
        });
        return command;
    }

    public static async Task Seed(MySqlConnection connection, int incidents, int alerts, CancellationToken cancel)
    {
        await using (var count = new MySqlCommand("SELECT COUNT(*) FROM (SELECT 1 FROM incidents LIMIT 1) one", connection))
        {
            if ((long)(await count.ExecuteScalarAsync(cancel))! > 0)
            {
                throw new InvalidOperationException("The database has incidents already; take an empty one.");
            }
        }

        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(progress => new SeededDatabase(connection, incidents, alerts)
                .Fill(progress.AddTask("incidents", maxValue: incidents), progress.AddTask("alerts", maxValue: alerts), cancel));
        await using var analyze = new MySqlCommand("ANALYZE TABLE incidents, incident_keys, grafana_alerts, incident_events, incident_instances", connection)
        {
            CommandTimeout = 600,
        };
        await analyze.ExecuteNonQueryAsync(cancel);
    }
}
