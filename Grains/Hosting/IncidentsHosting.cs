using Incidents.Grains.Counts;
using Incidents.Grains.Domain;
using Incidents.Grains.Due;
using Incidents.Grains.Intake;
using Incidents.Grains.Live;
using Incidents.Grains.MySql;
using Incidents.Grains.Senders;
using Incidents.Grains.Slack;
using Incidents.Grains.Telemetry;
using Incidents.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using MySqlConnector;

namespace Incidents.Grains.Hosting;

/// <summary>Wires everything that a silo does; the same for the product and for tests.</summary>
public static class IncidentsHosting
{
    /// <summary>What WebFront reads in the section <c>Senders</c>.</summary>
    private static readonly string[] WebFrontNames = ["WriteEvery", "MaxPeers", "KeepPeers", "DuplicateWindow", "MaxCompared"];

    /// <summary>Call it before <c>UseOrleans</c>: hosted services stop in reverse order, and the writer must outlive
    /// the silo whose grains still write while they stop.</summary>
    public static TBuilder AddIncidents<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddIncidents(builder.Configuration);
        return builder;
    }

    internal static void AddIncidents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<EpisodeOptions, EpisodeOptionsValidator>(EpisodeOptions.Section);
        services.AddSettings<IntakeOptions, IntakeOptionsValidator>(IntakeOptions.Section);
        services.AddSettings<GroupCommitOptions, GroupCommitOptionsValidator>(GroupCommitOptions.Section);
        services.AddSettings<DueOptions, DueOptionsValidator>(DueOptions.Section);
        services.AddSettings<SilenceOptions, SilenceOptionsValidator>(SilenceOptions.Section, elsewhere: WebFrontNames);
        services.AddSettings<CountOptions, CountOptionsValidator>(CountOptions.Section);

        services.AddSlack();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IncidentInstruments>();
        services.AddSingleton<OpenIncidents>();
        services.AddSingleton(_ => new MySqlDataSource(Connection(configuration).ConnectionString));
        services.AddTransient(_ => new WriterConnection(Connection(configuration))); // the lane has one, the loader another
        services.AddSingleton<LiveNews>();
        services.AddSingleton<CommitNews>();
        services.AddSingleton<PacketLane>();
        services.AddSingleton<GroupCommitWriter>();
        services.AddSingleton<KeyLoader>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<SeenSenders>();
        services.AddHostedService(static s => s.GetRequiredService<IncidentInstruments>());
        services.AddHostedService(static s => s.GetRequiredService<GroupCommitWriter>());
        services.AddHostedService(static s => s.GetRequiredService<KeyLoader>());
        services.AddHostedService(static s => s.GetRequiredService<LiveNews>());
        services.AddHostedService<CountFolder>();
    }

    /// <summary>Call it after <c>UseOrleans</c>: the clock needs the silo.</summary>
    internal static void AddDueClock(this IServiceCollection services) => services.AddHostedService<DueClock>();

    /// <summary>Call it after <c>UseOrleans</c>, as above.</summary>
    internal static void AddSenderWatch(this IServiceCollection services) => services.AddHostedService<SenderWatchStart>();

    /// <summary>Call it after <c>UseOrleans</c>, as above.</summary>
    internal static void AddWriterReports(this IServiceCollection services) => services.AddHostedService<WriterReports>();

    private static MySqlConnectionStringBuilder Connection(IConfiguration configuration) =>
        IncidentsConnection.Parse(configuration.GetConnectionString(IncidentsConnection.Name));
}
