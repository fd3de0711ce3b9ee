using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack.Card;
using Incidents.TestKit;

namespace Incidents.Grains.Tests.Slack.Card;

/// <summary>What cards are made of.</summary>
internal static class Cards
{
    public static readonly CardStyle Style = new("here", ShowDatasourceErrors: false, "critical");

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 2, 15, 30, TimeSpan.Zero);

    public static IncidentId Id { get; } =
        IncidentId.TryParse("INC-20261120021530-0123456789abcdef", out var id) ? id : throw new FormatException();

    public static CardFacts Critical { get; } = new()
    {
        Id = Id,
        Revision = 1,
        Status = IncidentStatus.Active,
        Severity = "critical",
        PeakSeverity = "critical",
        Title = "NodeCPUHigh",
        Summary = "CPU above 90% on ip-10-20-3-41",
        Parts = new("aeq3k2v7n1t4wd", "prod-apne2-a", "shop", "checkout", "canary"),
        StartTime = Start,
        Alerts = 37,
        Instances = 9,
        Firing = 5,
        Values = [("B", 96.34521739130435), ("C", 1), ("rate", 0.00123456), ("bytes", 12_345_678.9), ("tiny", 1.5e-9), ("sixth", 6)],
        Links = new(
            "https://runbooks.example.com/node-cpu-high",
            "https://grafana.example.com/d/node?from=1795137330000&orgId=1",
            "https://grafana.example.com/d/node?orgId=1&viewPanel=3",
            "https://grafana.example.com/alerting/silence/new?matcher=cluster%3Dprod-apne2-a",
            "https://grafana.example.com/alerting/grafana/aeq3k2v7n1t4wd/view?orgId=1"),
    };

    public static CardFacts Acknowledged { get; } = Critical with
    {
        Revision = 2,
        Status = IncidentStatus.Acknowledged,
        Severity = "warning",
        Acknowledged = (Start.AddMinutes(3), "minsu.kim (Slack U045ONCALL)"),
    };

    public static CardFacts Resolved { get; } = Acknowledged with
    {
        Revision = 3,
        Status = IncidentStatus.Resolved,
        Firing = 0,
        Resolved = (Start.AddMinutes(42), "mina", Resolution.Person),
        ActionTaken = "Drained the node,\nthen restarted kubelet.",
        RootCause = "A cron job that ran twice",
        IsNoise = false,
    };

    public static CardFacts ResolvedByItself { get; } = Critical with
    {
        Revision = 2,
        Status = IncidentStatus.Resolved,
        Firing = 0,
        Resolved = (Start.AddMinutes(12), null, Resolution.Auto),
    };

    /// <summary>Of the first alert in a body, as the reader of MySQL makes them.</summary>
    public static CardFacts OfFixture(string name)
    {
        using var body = JsonDocument.Parse(Fixtures.Read(name));
        var alert = body.RootElement.GetProperty("alerts")[0];
        string? Of(string group, string member) =>
            alert.TryGetProperty(group, out var found) && found.TryGetProperty(member, out var text) ? text.GetString() : null;
        string? Own(string member) => alert.TryGetProperty(member, out var text) ? text.GetString() : null;
        return new()
        {
            Id = Id,
            Revision = 1,
            Status = IncidentStatus.Active,
            Severity = Of("labels", "severity") ?? "",
            PeakSeverity = Of("labels", "severity") ?? "",
            Title = Of("labels", "rulename") ?? Of("labels", "alertname") ?? "",
            Summary = $"{Of("annotations", "summary")} {Of("annotations", "description")}",
            Parts = new("", Of("labels", "cluster") ?? "", Of("labels", "namespace") ?? "", Of("labels", "service") ?? Of("labels", "team") ?? "", Of("labels", "pod") ?? ""),
            StartTime = Start,
            Alerts = 1,
            Instances = 1,
            Firing = 1,
            Values = [.. alert.GetProperty("values").EnumerateObject().Select(static value => (value.Name, value.Value.GetDouble()))],
            Links = new(Of("annotations", "runbook_url"), Own("dashboardURL"), Own("panelURL"), Own("silenceURL"), Own("generatorURL")),
            DatasourceError = Of("annotations", "Error"),
        };
    }
}
