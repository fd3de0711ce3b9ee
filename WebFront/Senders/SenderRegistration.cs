using Incidents.WebFront.Queries;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Senders;

internal static class SenderRegistration
{
    public static void AddSenders(this IServiceCollection services)
    {
        services.AddOptions<SenderLedgerOptions>().BindConfiguration(SenderLedgerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SenderLedgerOptions>, SenderLedgerOptionsValidator>();
        services.AddSingleton<SenderLedger>();
        services.AddSingleton<SenderQueries>();
        services.AddHostedService<SenderWriter>();
    }
}
