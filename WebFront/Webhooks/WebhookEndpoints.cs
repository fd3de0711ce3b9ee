using Incidents.WebFront.Auth;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

internal static class WebhookEndpoints
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton<IValidateOptions<WebhookOptions>, TokensValidator>();
        services.AddSingleton<IValidateOptions<WebhookOptions>, ExposureValidator>();
        services.AddOptions<KeyLabelsOptions>().BindConfiguration(KeyLabelsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyLabelsOptions>, KeyLabelsOptionsValidator>();

        services.AddSingleton<WebhookCredentials>();
        services.AddHostedService(static provider => provider.GetRequiredService<WebhookCredentials>());
        services.AddSingleton<WebhookGate>();
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<DeliverySlots>();
        services.AddSingleton<DeliveryDesk>();
        services.AddSingleton<DeliveryParser>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<RejectedDeliveries>();
    }

    public static void MapWebhooks(this WebApplication app)
    {
        app.MapPost("/webhook/grafana", static (HttpContext http, WebhookEndpoint endpoint) =>
            endpoint.Handle(http, WebhookSource.Grafana));
        app.MapPost("/webhook/alertmanager", static (HttpContext http, WebhookEndpoint endpoint) =>
            endpoint.Handle(http, WebhookSource.Alertmanager));
    }
}
