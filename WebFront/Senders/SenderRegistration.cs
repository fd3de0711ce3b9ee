using Incidents.WebFront.Queries;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Senders;

internal static class SenderRegistration
{
    public static void AddSenders(this IServiceCollection services)
    {
        services.AddOptions<SenderOptions>().BindConfiguration(SenderOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SenderOptions>, SenderOptionsValidator>();
        services.AddSingleton<SenderLedger>();
        services.AddSingleton<SenderQueries>();
        services.AddHostedService<SenderWriter>();
    }
}
