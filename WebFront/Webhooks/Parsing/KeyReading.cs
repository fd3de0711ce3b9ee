using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>What an alert's incident key is made of (whole, of any length), and where each part was found.</summary>
/// <param name="Cluster">The label that told the cluster; null when none did.</param>
/// <param name="Namespace">As <paramref name="Cluster"/>.</param>
/// <param name="Service">As <paramref name="Cluster"/>.</param>
/// <param name="Phase">As <paramref name="Cluster"/>.</param>
internal readonly record struct KeyReading(
    KeyParts Parts, RuleOrigin Rule, string? Cluster, string? Namespace, string? Service, string? Phase)
{
    public static KeyReading Of(TextMap labels, AlertFields fields, KnownLabels known)
    {
        var (rule, origin) = RuleOf(labels, fields);
        var (cluster, space) = (labels.FirstName(known.Cluster), labels.FirstName(known.Namespace));
        var (service, phase) = (labels.FirstName(known.Service), labels.FirstName(known.Phase));
        return new(
            new(rule, Text(labels, cluster), Text(labels, space), Text(labels, service), Text(labels, phase)),
            origin, cluster, space, service, phase);
    }

    private static string Text(TextMap labels, string? name) => name is null ? string.Empty : labels[name];

    private static (string Uid, RuleOrigin Origin) RuleOf(TextMap labels, AlertFields fields)
    {
        if (labels[KnownLabels.RuleUid] is { Length: > 0 } label)
        {
            return (label, RuleOrigin.RuleUidLabel);
        }

        if (CleanText.Read(fields.RuleUid) is { Length: > 0 } field)
        {
            return (field, RuleOrigin.RuleUidMember);
        }

        if (fields.SilenceUrl.Length > 0 && RuleUid.FromSilenceUrl(JsonText.Read(fields.SilenceUrl)) is { Length: > 0 } silence)
        {
            return (silence, RuleOrigin.SilenceUrl);
        }

        if (fields.GeneratorUrl.Length > 0
            && RuleUid.FromGeneratorUrl(JsonText.Read(fields.GeneratorUrl)) is { Length: > 0 } generator)
        {
            return (generator, RuleOrigin.GeneratorUrl);
        }

        return labels[KnownLabels.RuleName] is { Length: > 0 } name ? (name, RuleOrigin.RuleNameLabel)
            : labels[KnownLabels.AlertName] is { Length: > 0 } alert ? (alert, RuleOrigin.AlertNameLabel)
            : (string.Empty, RuleOrigin.Nowhere);
    }
}

/// <summary>Where the rule uid of an alert was found.</summary>
internal enum RuleOrigin
{
    Nowhere,

    /// <summary>The label <c>rule_uid</c>.</summary>
    RuleUidLabel,

    /// <summary>The alert's member <c>ruleUID</c>.</summary>
    RuleUidMember,

    /// <summary>The matcher in its <c>silenceURL</c>.</summary>
    SilenceUrl,

    /// <summary>The path of its <c>generatorURL</c>.</summary>
    GeneratorUrl,

    /// <summary>The label <c>rulename</c>.</summary>
    RuleNameLabel,

    /// <summary>The label <c>alertname</c>.</summary>
    AlertNameLabel,
}
