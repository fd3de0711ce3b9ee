using System.Diagnostics.Metrics;
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

    /// <summary>Partly folded, as it is at any moment.</summary>
    private static Task<int> Fill(TestDatabase database) => database.Execute(
        """
        INSERT INTO incident_counts (status, severity, is_test, incidents) VALUES
          ('active', 'critical', 0, 49), ('active', 'critical', 1, 7), ('acknowledged', 'error', 0, 101), ('resolved', 'error', 0, 850);
        INSERT INTO incident_count_changes (status, severity, is_test, change_by) VALUES
          ('active', 'critical', 0, 1), ('acknowledged', 'error', 0, -1), ('resolved', 'error', 0, 1), ('active', 'warning', 0, 1),
          ('active', 'warning', 0, -1);
        """);
}
