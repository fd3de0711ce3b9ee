using Incidents.Settings;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Live;

internal static class LiveRegistration
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSettings<LiveOptions, LiveOptionsValidator>(LiveOptions.Section);
        services.AddSingleton(static provider => new LiveLog(
            provider.GetRequiredService<IOptions<LiveOptions>>().Value.MaxKept, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<LiveReads>();
        services.AddSingleton<LivePainter>();
        services.AddSingleton<LiveInstruments>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<LiveDoor>();
        services.AddHostedService<LiveFeed>();
    }
}
