using Incidents.Grains.MySql;
using Incidents.Grains.Telemetry;
using Incidents.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Slack;

internal static class SlackHosting
{
    /// <summary>What WebFront reads in the section <c>Slack</c>.</summary>
    internal static readonly string[] WebFrontNames = ["SigningSecret", "SigningSecretFile", "MaxPresses"];

    public static void AddSlack(this IServiceCollection services)
    {
        services.AddSettings<SlackOptions, SlackOptionsValidator>(SlackOptions.Section, elsewhere: WebFrontNames);
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackSettingsTogether>();
        services.AddSingleton<ChannelTable>();
        services.AddSingleton<CardNews>();
        services.AddSingleton<SlackSettings>();
        services.AddSingleton<SlackInstruments>();
        services.AddSingleton<CardRows>();
        services.AddSingleton<CardReader>();
        services.AddSingleton<CardBacklog>();
        services.AddSingleton<CardPainter>();
        services.AddSingleton<CardDelivery>();
        services.AddSingleton<SlackSweep>();
        services.AddSingleton<SlackClient>();
        services.AddHostedService(static provider => provider.GetRequiredService<SlackInstruments>());
        services.AddHostedService(static provider => provider.GetRequiredService<CardNews>());
        services.AddHostedService<SlackClock>();
    }
}
