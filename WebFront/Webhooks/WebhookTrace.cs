using System.Diagnostics;
using Incidents.Telemetry;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Webhooks;

/// <summary>The spans of a webhook besides ASP.NET Core's and Orleans'. Without a listener nothing is made. Tags hold ids
/// and figures, no text of a body.</summary>
internal static class WebhookTrace
{
    private static readonly ActivitySource Source = new(HostTelemetry.Incidents);

    public static Activity? Parse(Arrival arrival) => Source.StartActivity("parse")?
        .SetTag("incidents.delivery.id", arrival.DeliveryId)
        .SetTag("incidents.sender", arrival.Sender);

    public static void Found(this Activity? parse, Delivery? delivery) => parse?
        .SetTag("incidents.alerts", delivery?.AlertCount)
        .SetTag("incidents.keys", delivery?.Batches.Count)
        .SetTag("incidents.rejected", delivery?.Rejected.Count);
}
