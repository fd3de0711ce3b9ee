using System.Text;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Tests.Webhooks;

/// <summary>Parses bodies as the webhooks do, with the standard settings unless told otherwise.</summary>
internal static class Parse
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 2, 16, 2, TimeSpan.Zero);

    public static Delivery Fixture(string name) => Body(Fixtures.Read(name));

    public static Delivery Text(string body, WebhookOptions? options = null, KeyLabelsOptions? key = null) =>
        Body(Encoding.UTF8.GetBytes(body), options, key);

    /// <summary>The one alert of <c>{"alerts":[…]}</c>, which must be sound.</summary>
    public static Alert One(string alert) => Alerts(Text($$"""{"alerts":[{{alert}}]}""")).Single();

    public static Delivery Body(byte[] body, WebhookOptions? options = null, KeyLabelsOptions? key = null)
    {
        var delivery = Try(body, out var reason, options, key);
        Assert.True(delivery is not null, $"rejected: {reason}");
        return delivery;
    }

    public static Delivery? Try(
        byte[] body,
        out RejectReason reason,
        WebhookOptions? options = null,
        KeyLabelsOptions? key = null)
    {
        options ??= new();
        var parser = new DeliveryParser(Options.Create(options), Options.Create(key ?? new()));
        return parser.Read(Arrival.Of(WebhookSource.Grafana, "grafana", Now, options.AnswerWithin), body, out reason);
    }

    public static IEnumerable<Alert> Alerts(Delivery delivery) =>
        delivery.Batches.SelectMany(static b => b.Batch.Alerts).OrderBy(static a => a.Position);

    /// <summary>What the database gets for one alert.</summary>
    public static byte[] RawPayload(AlertBatch batch, Alert alert)
    {
        var envelope = alert.OwnEnvelope ?? batch.Envelope;
        return [.. envelope.Head, .. alert.Raw, .. envelope.Tail];
    }

    public static long StoredBytes(Delivery delivery) => delivery.Batches.Sum(static b => b.Batch.Alerts.Sum(
        a => (long)(a.OwnEnvelope ?? b.Batch.Envelope).Length + a.Raw.Length
            + Encoding.UTF8.GetByteCount(a.Labels) + Encoding.UTF8.GetByteCount(a.Annotations)));
}
