using Incidents.Settings;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Webhooks.Credentials;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

internal static class WebhookEndpoints
{
    /// <summary>Grafana's contact point has a setting for it (grafana/alerting <c>receivers/webhook/v1/config.go</c>).</summary>
    private static readonly string[] Methods = ["POST", "PUT"];

    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSettings<WebhookOptions, WebhookOptionsValidator>(WebhookOptions.Section);
        services.AddSingleton<IValidateOptions<WebhookOptions>, SendersValidator>();
        services.AddSettings<KeyLabelsOptions, KeyLabelsOptionsValidator>(KeyLabelsOptions.Section);

        services.AddSingleton<WebhookSenders>();
        services.AddSingleton<WebhookGate>();
        services.AddSingleton<WebhookInstruments>();
        services.AddHostedService(static provider => provider.GetRequiredService<WebhookInstruments>());
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<DeliverySlots>();
        services.AddSingleton<DeliveryDesk>();
        services.AddSingleton<DeliveryParser>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<RejectedDeliveries>();
    }

    public static void MapWebhooks(this WebApplication app)
    {
        Map("/webhook/grafana", WebhookSource.Grafana);
        Map("/webhook/alertmanager", WebhookSource.Alertmanager);

        void Map(string path, WebhookSource source) => app
            .MapMethods(path, Methods, (HttpContext http, WebhookEndpoint endpoint) => endpoint.Handle(http, source))
            .OpenToSenders();
    }
}
