using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Incidents.Silo;

/// <summary>What grains remember beside the incidents, and what wakes them: both in the one MySQL.</summary>
internal static class StorageAndReminders
{
    private const string Driver = "MySql.Data.MySqlConnector"; // Orleans' name for it

    public static void Configure(ISiloBuilder silo, string connectionString)
    {
        silo.AddAdoNetGrainStorageAsDefault((AdoNetGrainStorageOptions options) =>
        {
            options.Invariant = Driver;
            options.ConnectionString = connectionString;
        });

        // By the [Id]s of the state: names may change. Orleans' own choice, JSON, writes the names of types and members.
        silo.Services.AddOptions<AdoNetGrainStorageOptions>(Orleans.Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            .Configure<Serializer>(static (options, serializer) =>
                options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer));

        silo.UseAdoNetReminderService((AdoNetReminderTableOptions options) =>
        {
            options.Invariant = Driver;
            options.ConnectionString = connectionString;
        });
    }
}
