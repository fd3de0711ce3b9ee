using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>What became of one element of <c>alerts[]</c>: an alert and its key, or the reason against it.</summary>
internal readonly record struct AlertReading(Alert? Alert, KeyReading Key, RejectReason? Reason)
{
    public static AlertReading Rejected(RejectReason reason) => new(null, default, reason);
}
