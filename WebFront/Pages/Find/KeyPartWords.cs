using Incidents.WebFront.Api;

namespace Incidents.WebFront.Pages;

/// <summary>The parts of an incident key, by the names that people have for them.</summary>
internal static class KeyPartWords
{
    public static IReadOnlyList<KeyPart> Of(ExplainedParts parts) =>
    [
        new(IncidentWords.Rule, parts.RuleUid.Value, parts.RuleUid.From),
        new(IncidentWords.Cluster, parts.Cluster.Value, parts.Cluster.From),
        new(IncidentWords.Namespace, parts.Namespace.Value, parts.Namespace.From),
        new(IncidentWords.Service, parts.Service.Value, parts.Service.From),
        new(IncidentWords.Phase, parts.Phase.Value, parts.Phase.From),
    ];
}
