using System.Diagnostics.Metrics;
using Incidents.Telemetry;
using Incidents.WebFront.Spool;

namespace Incidents.WebFront.Webhooks;

/// <summary>Every figure of the webhooks, behind verbs. Meter <c>Incidents</c>. Tags are our own words and the names of
/// configured senders, never a text of a body or a header.</summary>
internal sealed class WebhookInstruments : IHostedService
{
    /// <summary>The reason of a 503 that is our fault.</summary>
    public const string NotInTime = "not_in_time";

    public const string BodyTooLarge = "body_too_large";

    /// <summary>The request broke off, or is no sound HTTP.</summary>
    public const string BadRequest = "bad_request";

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _spooled;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _acceptedAlerts;
    private readonly Counter<long> _rejectedAlerts;
    private readonly Counter<long> _repeatedCalls;
    private readonly UpDownCounter<long> _underWay;

    public WebhookInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(HostTelemetry.Incidents);
        _accepted = meter.CreateCounter<long>("incidents.deliveries.accepted", "{delivery}", "Deliveries answered 200, by sender");
        _spooled = meter.CreateCounter<long>("incidents.deliveries.spooled", "{delivery}", "Deliveries answered 202, by sender");
        _refused = meter.CreateCounter<long>("incidents.deliveries.refused", "{delivery}", "Deliveries answered otherwise, by reason");
        _acceptedAlerts = meter.CreateCounter<long>("incidents.alerts.accepted", "{alert}", "Alerts confirmed to their sender, by sender");
        _rejectedAlerts = meter.CreateCounter<long>("incidents.alerts.rejected", "{alert}", "Alerts kept aside, by reason");
        _repeatedCalls = meter.CreateCounter<long>("incidents.calls.repeated", "{call}", "Grain calls that were made again");
        _underWay = meter.CreateUpDownCounter<long>("incidents.deliveries.under_way", "{delivery}", "Deliveries being worked on");
    }

    /// <summary>Counters begin at zero, once exporters listen: a first refusal must be an increase, not a new series.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Array.ForEach(Enum.GetValues<RejectReason>(), reason =>
        {
            _rejectedAlerts.Add(0, Reason(reason.Text()));
            _refused.Add(0, Reason(reason.Text())); // those of a body as a whole
        });
        Array.ForEach(Enum.GetValues<AdmissionReason>(), reason =>
        {
            if (new Admission(reason, null).IsRefused)
            {
                _refused.Add(0, Reason(reason.Text()));
            }
        });
        Array.ForEach([NotInTime, BodyTooLarge, BadRequest], reason => _refused.Add(0, Reason(reason)));
        Array.ForEach([SpoolOutcome.Off, SpoolOutcome.Full, SpoolOutcome.Failed], outcome => _refused.Add(0, Reason(outcome.Text())));
        _spooled.Add(0);
        _repeatedCalls.Add(0);
        _underWay.Add(0);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <param name="sender">A configured name.</param>
    /// <param name="alerts">Stored now or by an earlier attempt.</param>
    public void OnAccepted(string sender, int alerts)
    {
        _accepted.Add(1, Sender(sender));
        _acceptedAlerts.Add(alerts, Sender(sender));
    }

    /// <param name="alerts">Stored, or safe in the spool.</param>
    public void OnSpooled(string sender, int alerts)
    {
        _spooled.Add(1, Sender(sender));
        _acceptedAlerts.Add(alerts, Sender(sender));
    }

    /// <param name="reason">One of our own words.</param>
    public void OnRefused(string reason) => _refused.Add(1, Reason(reason));

    public void OnRejected(IReadOnlyList<Parsing.RejectedAlert> alerts)
    {
        foreach (var (reason, count) in alerts.CountBy(static alert => alert.Reason))
        {
            _rejectedAlerts.Add(count, Reason(reason.Text()));
        }
    }

    public void OnCallRepeated() => _repeatedCalls.Add(1);

    public void OnBegun() => _underWay.Add(1);

    public void OnEnded() => _underWay.Add(-1);

    private static KeyValuePair<string, object?> Sender(string name) => new("sender", name);

    private static KeyValuePair<string, object?> Reason(string reason) => new("reason", reason);
}
