using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Api;

/// <summary>What a command answers: of the incident, what a person who acts must know.</summary>
internal sealed record IncidentState(
    string IncidentId,
    string Status,
    string Severity,
    int Revision,
    string? AcknowledgedBy,
    string? ResolvedBy,
    string? Resolution)
{
    public static IncidentState Of(IncidentView view) => new(
        view.Id.Value,
        StatusFilter.Text(view.Status),
        view.Severity,
        view.Revision,
        view.AcknowledgedBy,
        view.ResolvedBy,
        view.Resolution is { } resolution ? JsonNamingPolicy.SnakeCaseLower.ConvertName(resolution.ToString()) : null);

    public static IncidentState Of(IncidentRow row) => new(
        row.IncidentId, row.Status, row.Severity, row.Revision, row.AcknowledgedBy, row.ResolvedBy, row.Resolution);
}

internal static class Outcomes
{
    public static string Text(CommandOutcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
