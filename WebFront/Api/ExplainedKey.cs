using System.Text.Json.Serialization;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Api;

/// <summary>Which incident key one alert has, and why.</summary>
/// <param name="Index">Its place in <c>alerts</c>.</param>
/// <param name="IncidentKey">Null when the alert would be rejected.</param>
/// <param name="Parts">What the key is made of, in the order in which it is hashed.</param>
/// <param name="Rejected">Why the alert would be rejected, such as <c>bad_status</c>.</param>
/// <param name="LatestIncident">The key's latest; null when there never was one.</param>
internal sealed record ExplainedKey(
    int Index,
    string? IncidentKey,
    ExplainedParts? Parts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Rejected,
    LatestIncident? LatestIncident);

internal sealed record ExplainedParts(
    ExplainedPart RuleUid, ExplainedPart Cluster, ExplainedPart Namespace, ExplainedPart Service, ExplainedPart Phase)
{
    public static ExplainedParts Of(KeyReading key) => new(
        new(key.Parts.RuleUid, Text(key.Rule)),
        Label(key.Parts.Cluster, key.Cluster),
        Label(key.Parts.Namespace, key.Namespace),
        Label(key.Parts.Service, key.Service),
        Label(key.Parts.Phase, key.Phase));

    private static ExplainedPart Label(string value, string? name) => new(value, name is null ? null : $"label {name}");

    private static string? Text(RuleOrigin origin) => origin switch
    {
        RuleOrigin.Nowhere => null,
        RuleOrigin.RuleUidLabel => "label rule_uid",
        RuleOrigin.RuleUidMember => "ruleUID",
        RuleOrigin.SilenceUrl => "silenceURL",
        RuleOrigin.GeneratorUrl => "generatorURL",
        RuleOrigin.RuleNameLabel => "label rulename",
        RuleOrigin.AlertNameLabel => "label alertname",
    };
}

/// <param name="Value">Empty when the alert does not tell it.</param>
/// <param name="From">Where it was found: <c>label NAME</c>, <c>ruleUID</c>, <c>silenceURL</c> or <c>generatorURL</c>.</param>
internal sealed record ExplainedPart(string Value, string? From);

internal sealed record ExplainedKeys(IReadOnlyList<ExplainedKey> Alerts);
