using Incidents.WebFront.Webhooks;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Spool;

internal static class SpoolRegistration
{
    public static void AddSpool(this IServiceCollection services)
    {
        services.AddOptions<SpoolOptions>()
            .BindConfiguration(SpoolOptions.Section)
            .Validate(static options => options.Directory.Length > 0, "Spool:Directory must be a folder; Spool:Enabled=false does without.")
            .Validate<IOptions<WebhookOptions>>(
                static (spool, webhooks) => !spool.Enabled || spool.After < webhooks.Value.AnswerWithin,
                "Spool:After must be less than Webhooks:AnswerWithin: what is journaled has to be answered in time, too.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SpoolOptions>, SpoolOptionsValidator>();
        services.AddSingleton<SpoolInstruments>();
        services.AddSingleton<Outage>();
        services.AddSingleton<ChainSender>();

        // Ended in the opposite order: first no replay, then no journal.
        services.AddSingleton<DeliverySpool>();
        services.AddHostedService(static provider => provider.GetRequiredService<DeliverySpool>());
        services.AddHostedService<SpoolReplay>();
    }
}
