using Orleans.Configuration;

namespace Incidents.Silo;

/// <summary>How silos find each other and notice that one is gone. Names and endpoints come from the section Orleans,
/// which Orleans reads itself.</summary>
internal static class Clustering
{
    private const string Driver = "MySql.Data.MySqlConnector"; // Orleans' name for it

    public static void Configure(ISiloBuilder silo, string connectionString)
    {
        silo.UseAdoNetClustering((AdoNetClusteringSiloOptions options) =>
        {
            options.Invariant = Driver;
            options.ConnectionString = connectionString;
        });
        silo.Configure<ClusterMembershipOptions>(static options =>
        {
            // A silo that hangs is out after 11 s instead of 65-125 s. Shorter probes kill healthy silos on a busy host.
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.MaxProbeTimeout = TimeSpan.FromSeconds(2);
            options.NumMissedProbesLimit = 3;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);

            // A cluster that crashed as a whole is still in the table, and who starts anew waits for it until three of
            // these are missed: 9 s, so that webhooks that wait meanwhile are still answered in time.
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(3);
        });
    }
}
