using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Incidents.WebFront.Demo;

/// <summary>The alerts of one story in the shape their sender would give them.</summary>
internal static class DemoBody
{
    private const string Root = "https://grafana.example.com";
    private const string Folder = "Demo";

    public static byte[] Grafana(DemoStory story, IReadOnlyList<DemoAlert> alerts, DateTimeOffset now)
    {
        var body = Envelope(story, alerts, Group(story), $"{Root}/", "1", alert => GrafanaAlert(story, alert, now));
        var firing = alerts.Count(a => a.EndsAt is null);
        var title = firing > 0 ? $"[FIRING:{firing}] {story.AlertName} {Folder}" : $"[RESOLVED] {story.AlertName} {Folder}";
        body["appVersion"] = "12.4.3";
        body["groupKey"] = $"{{}}:{{alertname=\"{story.AlertName}\", grafana_folder=\"{Folder}\"}}";
        body["orgId"] = 1;
        body["title"] = title;
        body["state"] = firing > 0 ? "alerting" : "ok";
        body["message"] = $"**{(firing > 0 ? "Firing" : "Resolved")}**\n\n{story.Summary} ({story.Service})\n";
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    public static byte[] Alertmanager(DemoStory story, IReadOnlyList<DemoAlert> alerts)
    {
        JsonObject group = new() { ["alertname"] = story.AlertName, ["cluster"] = story.Cluster };
        var body = Envelope(story, alerts, group, "http://alertmanager-0:9093", "4", alert => PlainAlert(
            story, alert, Labels(story, alert), "http://prometheus:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1"));
        body["groupKey"] = $"{{}}:{{alertname=\"{story.AlertName}\", cluster=\"{story.Cluster}\"}}";
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static JsonObject Envelope(
        DemoStory story, IReadOnlyList<DemoAlert> alerts, JsonObject group, string externalUrl, string version,
        Func<DemoAlert, JsonObject> shape)
    {
        JsonArray elements = [.. alerts.Select(shape)];
        return new JsonObject
        {
            ["receiver"] = "incidents",
            ["status"] = alerts.Any(a => a.EndsAt is null) ? "firing" : "resolved",
            ["alerts"] = elements,
            ["groupLabels"] = group,
            ["commonLabels"] = CommonLabels(story),
            ["commonAnnotations"] = new JsonObject { ["summary"] = story.Summary },
            ["externalURL"] = externalUrl,
            ["version"] = version,
            ["truncatedAlerts"] = 0,
        };
    }

    private static JsonObject GrafanaAlert(DemoStory story, DemoAlert alert, DateTimeOffset now)
    {
        var labels = Labels(story, alert);
        labels["grafana_folder"] = Folder;
        var element = PlainAlert(story, alert, labels, $"{Root}/alerting/grafana/{story.RuleUid}/view?orgId=1");
        var from = alert.StartsAt.AddHours(-1).ToUnixTimeMilliseconds();
        var to = (alert.EndsAt ?? now).ToUnixTimeMilliseconds();
        var dashboard = $"{Root}/d/{story.Service}?from={from}&orgId=1&to={to}";
        var value = alert.Value.ToString(CultureInfo.InvariantCulture);
        element["silenceURL"] = $"{Root}/alerting/silence/new?alertmanager=grafana" +
            $"&matcher=__alert_rule_uid__%3D{story.RuleUid}&matcher=instance%3D{alert.Instance}&orgId=1";
        element["dashboardURL"] = dashboard;
        element["panelURL"] = $"{dashboard}&viewPanel=1";
        element["ruleUID"] = story.RuleUid;
        element["values"] = new JsonObject { ["A"] = alert.Value, ["C"] = alert.EndsAt is null ? 1 : 0 };
        element["valueString"] = $"[ var='A' labels={{instance={alert.Instance}}} type='reduce' value={value} ]";
        element["orgId"] = 1;
        return element;
    }

    private static JsonObject PlainAlert(DemoStory story, DemoAlert alert, JsonObject labels, string generatorUrl) => new()
    {
        ["status"] = alert.EndsAt is null ? "firing" : "resolved",
        ["labels"] = labels,
        ["annotations"] = new JsonObject
        {
            ["summary"] = story.Summary,
            ["description"] = $"{alert.Instance} in {story.Cluster}: {alert.Value.ToString(CultureInfo.InvariantCulture)}",
            ["runbook_url"] = $"https://runbooks.example.com/{story.AlertName}",
        },
        ["startsAt"] = Time(alert.StartsAt),
        ["endsAt"] = alert.EndsAt is { } end ? Time(end) : "0001-01-01T00:00:00Z",
        ["generatorURL"] = generatorUrl,
        ["fingerprint"] = alert.Fingerprint,
    };

    private static JsonObject Labels(DemoStory story, DemoAlert alert)
    {
        var labels = CommonLabels(story);
        labels["instance"] = alert.Instance;
        return labels;
    }

    private static JsonObject CommonLabels(DemoStory story) => new()
    {
        ["alertname"] = story.AlertName,
        ["cluster"] = story.Cluster,
        ["namespace"] = story.Namespace,
        ["phase"] = story.Phase,
        ["service"] = story.Service,
        ["severity"] = story.Severity,
    };

    private static JsonObject Group(DemoStory story) =>
        new() { ["alertname"] = story.AlertName, ["grafana_folder"] = Folder };

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
