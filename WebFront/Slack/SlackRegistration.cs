using Incidents.Settings;
using Incidents.WebFront.Auth;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Slack;

internal static class SlackRegistration
{
    public static void AddSlack(this IServiceCollection services)
    {
        services.AddSettings<PressOptions, PressOptionsValidator>(PressOptions.Section, elsewhere: PressOptions.SiloNames);
        services.AddSingleton<IValidateOptions<PressOptions>, PressSettingsTogether>();
        services.AddSingleton<SlackStanding>();
        services.AddSingleton<SlackGate>();
        services.AddSingleton<PressInstruments>();
        services.AddSingleton<Whisper>();
        services.AddSingleton<PressDesk>();
        services.AddSingleton(static provider => new PressesUnderWay(
            provider.GetRequiredService<PressDesk>().Act,
            provider.GetRequiredService<IOptions<PressOptions>>().Value.MaxPresses,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PressesUnderWay>>()));
        services.AddHostedService(static provider => provider.GetRequiredService<PressesUnderWay>());
        services.AddSingleton<ReadingSlots>();
        services.AddSingleton<PressEndpoint>();
    }

    public static void MapSlack(this WebApplication app) => app
        .MapPost("/slack/interactions", static (HttpContext http, PressEndpoint endpoint) => endpoint.Handle(http))
        .OpenToSlack();
}
