using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

/// <summary>
/// Section <c>Key</c>: the labels that tell incident keys apart. The first label of a list that an alert carries,
/// and that is not empty, counts. Changing a list gives the alerts it touches a new key: open incidents of the old
/// key stay open until they go stale or somebody resolves them. A list that is not set means the label of its name.
/// </summary>
internal sealed class KeyLabelsOptions
{
    public const string Section = "Key";

    /// <summary>Default: <c>cluster</c>.</summary>
    [MaxLength(16, ErrorMessage = "Key:Cluster may name at most 16 labels.")]
    public IList<string> Cluster { get; init; } = [];

    /// <summary>Default: <c>namespace</c>.</summary>
    [MaxLength(16, ErrorMessage = "Key:Namespace may name at most 16 labels.")]
    public IList<string> Namespace { get; init; } = [];

    /// <summary>Default: <c>service</c>.</summary>
    [MaxLength(16, ErrorMessage = "Key:Service may name at most 16 labels.")]
    public IList<string> Service { get; init; } = [];

    /// <summary>Default: <c>phase</c>.</summary>
    [MaxLength(16, ErrorMessage = "Key:Phase may name at most 16 labels.")]
    public IList<string> Phase { get; init; } = [];
}

[OptionsValidator]
internal sealed partial class KeyLabelsOptionsValidator : IValidateOptions<KeyLabelsOptions>;

/// <summary>The label names that mean something to us. The binder appends to a list, so defaults are put in here,
/// not in the options.</summary>
internal sealed class KnownLabels(KeyLabelsOptions key)
{
    public const string AlertName = "alertname";
    public const string RuleName = "rulename";
    public const string RuleUid = "rule_uid";
    public const string Severity = "severity";

    public string[] Cluster { get; } = Or(key.Cluster, "cluster");

    public string[] Namespace { get; } = Or(key.Namespace, "namespace");

    public string[] Service { get; } = Or(key.Service, "service");

    public string[] Phase { get; } = Or(key.Phase, "phase");

    /// <summary>Kept however many labels an alert has.</summary>
    public FrozenSet<string> All => field ??= FrozenSet.Create(
        StringComparer.Ordinal, [AlertName, RuleName, RuleUid, Severity, .. Cluster, .. Namespace, .. Service, .. Phase]);

    private static string[] Or(IList<string> names, string standard) => names.Count > 0 ? [.. names] : [standard];
}
