using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Incidents.TestKit.Load;

/// <summary>A delivery as Grafana 12.4 sends it, with a mark in each alert by which its row is found again.</summary>
/// <param name="Digests">Of each alert's element, byte for byte.</param>
public sealed record GrafanaBody(ReadOnlyMemory<byte> Bytes, IReadOnlyList<ulong> Digests)
{
    private const string Root = "https://grafana.example.com/";

    /// <summary>As Go writes it: UTF-8 as it is.</summary>
    private static readonly JsonWriterOptions Format = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly string[] Severities = ["critical", "warning", "error", "info"];

    private static readonly string[] Unicode = ["결제-서비스", "çözüm-ülke", "платежи", "決済🔥", "e\u0301 ﷽ \u202etxet"];

    /// <summary>The mark of an alert, in its annotation <c>mark</c>.</summary>
    public static string Mark(string run, long body, int position) =>
        string.Create(CultureInfo.InvariantCulture, $"{run}-{body}-{position}");

    internal static GrafanaBody Write(StormPlan plan, long body, IReadOnlyList<SentAlert> alerts)
    {
        var buffer = new ArrayBufferWriter<byte>(1_200 * (alerts.Count + 1));
        using var json = new Utf8JsonWriter(buffer, Format);
        var digests = new ulong[alerts.Count];
        var name = RuleName(alerts[0].Key);
        var firing = alerts.Any(static alert => alert.EndsAt is null);
        json.WriteStartObject();
        json.WriteString("receiver"u8, "incidents");
        json.WriteString("status"u8, firing ? "firing" : "resolved");
        json.WriteStartArray("alerts"u8);
        for (var i = 0; i < alerts.Count; i++)
        {
            json.Flush();
            var begins = buffer.WrittenCount + (i > 0 ? 1 : 0); // the comma is written with what follows it
            Alert(json, plan.Run, Mark(plan.Run, body, i), alerts[i]);
            json.Flush();
            digests[i] = Digest.Of(buffer.WrittenSpan[begins..]);
        }

        json.WriteEndArray();
        Map(json, "groupLabels", ("alertname", name));
        Map(json, "commonLabels", ("alertname", name), ("cluster", Cluster(plan.Run)));
        Map(json, "commonAnnotations");
        json.WriteString("externalURL"u8, Root);
        json.WriteString("appVersion"u8, "12.4.3");
        json.WriteString("version"u8, "1");
        json.WriteString("groupKey"u8, $"{{}}:{{alertname=\"{name}\"}}");
        json.WriteNumber("truncatedAlerts"u8, 0);
        json.WriteNumber("orgId"u8, 1);
        json.WriteString("title"u8, $"[{(firing ? "FIRING" : "RESOLVED")}:{alerts.Count}] {name}");
        json.WriteString("state"u8, firing ? "alerting" : "ok");
        json.WriteString("message"u8, $"**{(firing ? "Firing" : "Resolved")}**\n\n{alerts.Count} alerts of {name}");
        json.WriteEndObject();
        json.Flush();
        return new(buffer.WrittenMemory, digests);
    }

    private static void Alert(Utf8JsonWriter json, string run, string mark, SentAlert alert)
    {
        var (rule, service) = ($"{run}r{alert.Key % 20}", Service(alert));
        json.WriteStartObject();
        json.WriteString("status"u8, alert.EndsAt is null ? "firing" : "resolved");
        Map(
            json,
            "labels",
            ("alertname", RuleName(alert.Key)),
            ("cluster", Cluster(run)),
            ("instance", $"10.20.{alert.Series / 250}.{alert.Series % 250}:9100"),
            ("namespace", $"ns-{alert.Key % 40}"),
            ("service", service),
            ("severity", Severities[alert.Severity]));
        Map(
            json,
            "annotations",
            ("description", $"{service}: errors above 5% of requests for 10m."),
            ("mark", mark),
            ("runbook_url", "https://runbooks.example.com/errors?a=1&b=<2>"),
            ("summary", $"Errors of {service}"));
        json.WriteString("startsAt"u8, Time(alert.StartsAt));
        json.WriteString("endsAt"u8, alert.EndsAt is { } end ? Time(end) : "0001-01-01T00:00:00Z");
        json.WriteString("generatorURL"u8, $"{Root}alerting/grafana/{rule}/view?orgId=1");
        json.WriteString("fingerprint"u8, $"{((ulong)alert.Key << 20) | (uint)alert.Series:x16}");
        json.WriteString("silenceURL"u8, $"{Root}alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D{rule}&orgId=1");
        json.WriteString("dashboardURL"u8, "");
        json.WriteString("panelURL"u8, "");
        json.WriteString("ruleUID"u8, rule);
        json.WritePropertyName("values"u8);
        // A number that a reader of JSON would write in another way: what is stored must be what came.
        json.WriteRawValue($"{{\"B\":{alert.Value / 100}.{alert.Value % 100:00}0,\"C\":1e0}}", skipInputValidation: true);
        json.WriteString("valueString"u8, $"[ var='B' labels={{service={service}}} type='reduce' value={alert.Value} ]");
        json.WriteNumber("orgId"u8, 1);
        json.WriteEndObject();
    }

    private static void Map(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members)
        {
            json.WriteString(member, value);
        }

        json.WriteEndObject();
    }

    private static string Cluster(string run) => $"storm-{run}";

    private static string RuleName(int key) => $"ErrorRate{key % 20}";

    /// <summary>The service is part of the incident key, so one beyond ASCII is a key of its own.</summary>
    private static string Service(SentAlert alert) =>
        alert.IsUnicode ? $"{Unicode[alert.Key % Unicode.Length]}-{alert.Key}" : $"svc-{alert.Key}";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
