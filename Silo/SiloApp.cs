using Incidents.Grains.Hosting;
using Incidents.Grains.MySql;
using Incidents.Telemetry;
using Microsoft.Extensions.Options;

namespace Incidents.Silo;

/// <summary>The silo's host, for the program and for tests that run several.</summary>
internal static class SiloApp
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30); // finish what was accepted

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddLogDefaults();
        builder.Configuration.Sources.Insert(0, SiloDefaults.Source);
        configure?.Invoke(builder);

        builder.Services.Configure<HostOptions>(static o => o.ShutdownTimeout = ShutdownTimeout);
        builder.AddIncidents();
        builder.UseOrleans(silo =>
        {
            var connection = Connection(builder.Configuration).ConnectionString;
            Clustering.Configure(silo, connection);
            StorageAndReminders.Configure(silo, connection);
            SteadyClock.Configure(silo);
            Watching.Configure(silo, builder.Configuration);
        });
        builder.Services.AddDueClock();
        builder.Services.AddSenderWatch();
        builder.Services.AddWriterReports();
        builder.AddTelemetry("incidents-silo");
        builder.Services.AddHealthChecks()
            .AddCheck<SiloHealth>("silo", tags: [SiloHealth.Ready])
            .AddCheck<LaneHealth>("mysql", tags: [SiloHealth.Ready]);

        var app = builder.Build();
        app.MapHealth();
        app.MapMetrics();
        return app;
    }

    /// <exception cref="StartupFailure">With the setting to change.</exception>
    public static void Migrate(WebApplication app) =>
        Migrator.Apply(
            Connection(app.Configuration),
            app.Services.GetRequiredService<IOptions<GroupCommitOptions>>().Value.MaxBytes,
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Migrator).FullName!));

    private static MySqlConnector.MySqlConnectionStringBuilder Connection(IConfiguration configuration) =>
        IncidentsConnection.Parse(configuration.GetConnectionString(IncidentsConnection.Name));
}
