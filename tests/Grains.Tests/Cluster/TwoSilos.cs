using Incidents.Grains.Hosting;
using Incidents.Grains.Interfaces;
using Incidents.Silo;
using Incidents.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Incidents.Grains.Tests.Cluster;

/// <summary>Two silos in this process on one schema, with the product's own services.</summary>
internal sealed class TwoSilos : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TwoSilos(InProcessTestCluster cluster) => _cluster = cluster;

    public static Task<TwoSilos> Started(TestDatabase database, params (string Name, string Value)[] settings) =>
        Started(database, TimeProvider.System, settings);

    public static async Task<TwoSilos> Started(
        TestDatabase database, TimeProvider clock, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(("ConnectionStrings:Incidents", database.ConnectionString))
                .Select(static one => KeyValuePair.Create(one.Item1, (string?)one.Item2)))
            .Build();
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(clock);
            silo.Services.AddSingleton<IConfiguration>(configuration);
            silo.Services.AddIncidents(configuration);
            StorageAndReminders.Configure(silo, database.ConnectionString);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster);
    }

    public IIncidentKeyGrain Grain(IncidentKey key) => _cluster.Client.GetGrain<IIncidentKeyGrain>(key.Value);

    public Task<ObserveResult> Observe(AlertBatch batch) => Grain(IncidentKey.Of(batch.Parts)).Observe(batch);

    public ISenderWatchGrain SenderWatch => _cluster.Client.GetGrain<ISenderWatchGrain>(ISenderWatchGrain.Key);

    /// <summary>Something that a silo made of its services.</summary>
    public T Own<T>(object? name = null)
        where T : notnull => _cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<T>(name);

    /// <summary>Ends one without letting its grains finish.</summary>
    public Task KillOne() => _cluster.KillSiloAsync(_cluster.Silos[1]);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
