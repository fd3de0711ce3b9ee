using Microsoft.Extensions.Options;
using MySqlConnector;
using Orleans.Configuration;

namespace Incidents.WebFront.Hosting;

/// <summary>The Orleans client, which finds the silos in the database.</summary>
internal static class ClusterClient
{
    private const string StandardName = "incidents";
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    // A silo that hangs keeps its connections: the client leaves it only when it reads that it is declared dead.
    private static readonly TimeSpan LookForSilosEvery = TimeSpan.FromSeconds(2);

    public static void AddClusterClient(this WebApplicationBuilder builder)
    {
        var before = builder.Services.ToHashSet();
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringClientOptions> options) =>
                options.Configure<MySqlDataSource>(static (clustering, database) =>
                {
                    clustering.Invariant = "MySql.Data.MySqlConnector";
                    clustering.DataSource = database;
                }));
            client.Configure<GatewayOptions>(static gateways => gateways.GatewayListRefreshPeriod = LookForSilosEvery);
            client.UseConnectionRetryFilter<RetryForever>();
        });
        builder.Services.AddOptions<ClusterOptions>()
            .Configure<IConfiguration>(static (cluster, configuration) =>
            {
                cluster.ClusterId = configuration["Orleans:ClusterId"] ?? StandardName;
                cluster.ServiceId = configuration["Orleans:ServiceId"] ?? StandardName;
            })
            .Validate(static cluster => !string.IsNullOrWhiteSpace(cluster.ClusterId), "Orleans:ClusterId must not be empty.")
            .Validate(static cluster => !string.IsNullOrWhiteSpace(cluster.ServiceId), "Orleans:ServiceId must not be empty.")
            .ValidateOnStart();

        // See ClusterConnection: it starts the client in the background.
        foreach (var own in builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && !before.Contains(s)).ToList())
        {
            builder.Services.Remove(own);
        }

        builder.Services.AddHostedService<ClusterConnection>();
    }

    /// <summary>Neither a missing silo nor a missing database ends the client; the default filter knows only the
    /// first.</summary>
    private sealed class RetryForever(TimeProvider clock) : IClientConnectionRetryFilter
    {
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            await Task.Delay(RetryEvery, clock, cancellationToken);
            return true;
        }
    }
}
