using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Api;

/// <summary>What a command answers: of the incident, what a person who acts must know.</summary>
/// <param name="Revision">To be named in the next command.</param>
/// <param name="AcknowledgedBy">The name of the credentials.</param>
/// <param name="AcknowledgedSaidBy">Whom these said that they act for; proves nothing.</param>
/// <param name="ResolvedBy">The name of the credentials.</param>
/// <param name="ResolvedSaidBy">Whom these said that they act for; proves nothing.</param>
internal sealed record IncidentState(
    string IncidentId,
    string Status,
    string Severity,
    int Revision,
    string? AcknowledgedBy,
    string? AcknowledgedSaidBy,
    string? ResolvedBy,
    string? ResolvedSaidBy,
    string? Resolution)
{
    public static IncidentState Of(IncidentView view) => new(
        view.Id.Value,
        StatusFilter.Text(view.Status),
        view.Severity,
        view.Revision,
        view.AcknowledgedBy,
        view.AcknowledgedSaidBy,
        view.ResolvedBy,
        view.ResolvedSaidBy,
        view.Resolution is { } resolution ? JsonNamingPolicy.SnakeCaseLower.ConvertName(resolution.ToString()) : null);
}

internal static class Outcomes
{
    public static string Text(CommandOutcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
