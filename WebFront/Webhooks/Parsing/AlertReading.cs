using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>What became of one element of <c>alerts[]</c>: an alert and what its key is made of (whole, of any length),
/// or the reason against it.</summary>
internal readonly record struct AlertReading(Alert? Alert, KeyParts? Parts, RejectReason? Reason)
{
    public static AlertReading Rejected(RejectReason reason) => new(null, null, reason);
}
