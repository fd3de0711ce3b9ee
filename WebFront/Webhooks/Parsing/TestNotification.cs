using System.Text.Json;
using System.Text.RegularExpressions;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>
/// What Grafana's Test button sends (grafana/alerting <c>notify/receivers.go</c> newTestAlert, <c>test_receivers.go</c>).
/// No one sign proves it: labels and annotations are the tester's, and others too make group keys of their own. A real
/// alert that were taken for a test would end by itself, so all signs must agree: one firing alert, a group key that
/// ends in its fingerprint and a Unix time, and values that no rule has.
/// </summary>
internal static partial class TestNotification
{
    private const string Values = "[ metric='foo' labels={instance=bar} value=10 ]";

    public static bool Is(WebhookBody body, string groupKey)
    {
        if (body.Alerts is not [{ IsObject: true } alert] || GroupKey().Match(groupKey) is not { Success: true } key)
        {
            return false;
        }

        var (status, fingerprint, values) = (string.Empty, string.Empty, string.Empty);
        var reader = new Utf8JsonReader(
            body.Bytes.AsSpan(alert.Start, alert.Length), new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Read(reader.ValueSpan);
            reader.Read();
            var text = reader.TokenType == JsonTokenType.String ? JsonText.Read(reader.ValueSpan) : string.Empty;
            switch (name)
            {
                case "status":
                    status = text;
                    break;
                case "fingerprint":
                    fingerprint = text;
                    break;
                case "valueString":
                    values = text;
                    break;
            }

            reader.Skip();
        }

        return status == "firing" && values == Values && fingerprint == key.Groups[1].Value;
    }

    [GeneratedRegex(@"-([0-9a-f]{16})-[0-9]{1,12}\z")]
    private static partial Regex GroupKey();
}
