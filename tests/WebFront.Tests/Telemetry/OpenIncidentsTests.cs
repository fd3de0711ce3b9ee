using System.Diagnostics.Metrics;
using System.Text;
using Incidents.Grains.Domain;
using Incidents.Grains.MySql;
using Incidents.Grains.Telemetry;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MySqlConnector;

namespace Incidents.WebFront.Tests.Telemetry;

public sealed class OpenIncidentsTests
{
    private const int Incidents = 1000;

    [Fact]
    public async Task The_gauge_tells_of_open_incidents_only_and_of_none_once_nobody_reads_them()
    {
        await using var database = await TestDatabase.Create();
        await Fill(database);
        await using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var clock = new FakeTimeProvider();
        var instruments = new IncidentInstruments(meters.GetRequiredService<IMeterFactory>(), clock, Options.Create(new EpisodeOptions()));
        await using var source = new MySqlDataSource(database.ConnectionString);

        await new OpenIncidents(source, instruments).Read();

        Assert.Equal("critical active 50, error acknowledged 100", Shown(meters));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("", Shown(meters));
    }

    [Fact]
    public async Task Those_that_ended_are_not_read()
    {
        await using var database = await TestDatabase.Create();
        await Fill(database);
        await using var connection = await database.Open();
        await using var explain = new MySqlCommand("EXPLAIN " + OpenIncidents.Count, connection);
        await using var plan = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);

        Assert.True(await plan.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("range", "idx_status_last_seen"), ($"{plan["type"]}", $"{plan["key"]}"));
    }

    /// <summary>What is not zero.</summary>
    private static string Shown(ServiceProvider meters)
    {
        var shown = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "incidents.open" && ReferenceEquals(instrument.Meter.Scope, meters.GetRequiredService<IMeterFactory>()))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (value != 0)
            {
                shown.Add($"{tags[0].Value} {tags[1].Value} {value}");
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return string.Join(", ", shown.Order(StringComparer.Ordinal));
    }

    private static async Task Fill(TestDatabase database)
    {
        var rows = new StringBuilder();
        for (var i = 0; i < Incidents; i++)
        {
            var (status, severity, ended) = (i % 20) switch
            {
                0 => ("active", "critical", "NULL"),
                1 or 2 => ("acknowledged", "error", "NULL"),
                _ => ("resolved", "error", "'2026-11-21'"),
            };
            rows.Append(i == 0 ? "" : ",").Append(
                $"('INC-20261120000000-{i:x16}','{i:x16}','{status}','{severity}','{severity}','','','','','','','',"
                + $"'2026-11-20','2026-11-20','2026-11-20',1,{ended},0,1,1,'2026-11-20','2026-11-20')");
        }

        await database.Execute(
            "INSERT INTO incidents (incident_id, incident_key, status, severity, peak_severity, phase, cluster, namespace, service, rule_uid, "
            + "title, summary, start_time, first_seen_at, last_seen_at, firing_count, resolved_time, is_test, revision, event_seq, "
            + "created_at, updated_at) VALUES " + rows);
        await database.Rows("ANALYZE TABLE incidents");
    }
}
