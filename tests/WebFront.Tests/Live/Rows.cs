using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Tests.Live;

/// <summary>Incidents as the database gives them, with what a test does not care about filled in.</summary>
internal static class Rows
{
    public static IncidentRow Of(string id, long change) => new()
    {
        IncidentId = id,
        IncidentKey = "0123456789abcdef",
        Status = "active",
        Severity = "critical",
        PeakSeverity = "critical",
        Title = new('t', 255),
        Change = change,
    };
}
