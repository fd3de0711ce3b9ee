using Incidents.Settings;

namespace Incidents.WebFront.Spool;

internal static class SpoolRegistration
{
    public static void AddSpool(this IServiceCollection services)
    {
        services.AddSettings<SpoolOptions, SpoolOptionsValidator>(SpoolOptions.Section)
            .Validate(static options => options.Directory.Length > 0, "Spool:Directory must be a folder; Spool:Enabled=false does without.");
        services.AddSingleton<SpoolInstruments>();
        services.AddSingleton<Outage>();
        services.AddSingleton<ChainSender>();

        // Ended in the opposite order: first no replay, then no journal.
        services.AddSingleton<DeliverySpool>();
        services.AddHostedService(static provider => provider.GetRequiredService<DeliverySpool>());
        services.AddHostedService<SpoolReplay>();
    }
}
