using Incidents.Settings;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Senders;

internal static class SenderRegistration
{
    /// <summary>What silos read in the section <c>Senders</c>.</summary>
    private static readonly string[] SiloNames = ["SilentAfter", "SilentAfterBy", "Severity"];

    public static void AddSenders(this IServiceCollection services)
    {
        services.AddSettings<SenderLedgerOptions, SenderLedgerOptionsValidator>(SenderLedgerOptions.Section, elsewhere: SiloNames);
        services.AddSingleton<SenderLedger>();
        services.AddSingleton<SenderQueries>();
        services.AddHostedService<SenderWriter>();
    }
}
