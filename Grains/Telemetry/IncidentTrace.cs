using System.Diagnostics;
using Incidents.Grains.Domain;
using Incidents.Grains.Intake;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;

namespace Incidents.Grains.Telemetry;

/// <summary>
/// The spans of an alert within a silo: <c>observe</c> (from the call to its answer), in it <c>load</c>, <c>decide</c> and
/// <c>commit</c> of the portion it was part of, and <c>packet</c>, the transaction. What many calls share is a child of the
/// first of them and linked to the others. Without a listener nothing is made. Tags hold keys, ids and figures, no text
/// that somebody wrote.
/// </summary>
internal static class IncidentTrace
{
    /// <summary>OpenTelemetry's own limit for one span.</summary>
    private const int MostLinks = 128;

    private static readonly ActivitySource Source = new(IncidentInstruments.MeterName);

    /// <summary>The span that what happens now belongs to; null while nobody traces.</summary>
    public static Activity? Here => Source.HasListeners() ? Activity.Current : null;

    public static Activity? Observe(string key, AlertBatch batch) => Source.StartActivity("observe")?
        .SetTag("incident.key", key)
        .SetTag("incidents.delivery.id", batch.DeliveryId)
        .SetTag("incidents.attempt", batch.Attempt)
        .SetTag("incidents.alerts", batch.Alerts.Length);

    public static Activity? Load(IncidentKey key, Portion portion) => Of("load", key, portion);

    public static Activity? Decide(IncidentKey key, Portion portion) => Of("decide", key, portion);

    public static Activity? Commit(IncidentKey key, Portion portion)
    {
        if (Of("commit", key, portion) is not { } commit)
        {
            return null;
        }

        foreach (var other in Spans(portion).Skip(1))
        {
            other.AddLink(new(commit.Context)); // whoever looks at the other's trace finds its commit, too
        }

        return commit;
    }

    public static Activity? Packet(IReadOnlyList<PendingWrite> writes) => Source.HasListeners()
        ? Begin("packet", writes.Select(static write => write.Span).OfType<Activity>())?
            .SetTag("incidents.keys", writes.Count)
            .SetTag("incidents.alerts", writes.Sum(static write => write.Change!.Alerts.Length))
        : null;

    public static void Outcome<T>(this Activity? span, T outcome)
        where T : struct, Enum => span?.SetTag("incidents.outcome", outcome.Snake());

    private static Activity? Of(string name, IncidentKey key, Portion portion) => Source.HasListeners()
        ? Begin(name, Spans(portion))?.SetTag("incident.key", key.Value).SetTag("incidents.entries", portion.Entries.Count)
        : null;

    private static IEnumerable<Activity> Spans(Portion portion) =>
        portion.Items.Select(static item => item.Span).OfType<Activity>().Take(MostLinks);

    private static Activity? Begin(string name, IEnumerable<Activity> causes)
    {
        var contexts = causes.Select(static cause => cause.Context).Take(MostLinks).ToList();
        return contexts is [var first, ..]
            ? Source.StartActivity(name, ActivityKind.Internal, first, links: contexts.Skip(1).Select(static c => new ActivityLink(c)))
            : null;
    }
}
