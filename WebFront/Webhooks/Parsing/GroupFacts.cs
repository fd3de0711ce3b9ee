using System.Text;
using System.Text.Json;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>What a delivery says of its alerts as a group. Its <c>status</c> is not among it: Grafana computes it
/// after leaving alerts out, so only each alert's own status counts.</summary>
/// <param name="Hash">Stands for the group key.</param>
/// <param name="IsTest">Grafana's Test button: <see cref="TestNotification"/>.</param>
/// <param name="Truncated">Alerts of the group were left out.</param>
internal readonly record struct GroupFacts(string Hash, bool IsTest, bool Truncated)
{
    public static GroupFacts Of(WebhookBody body)
    {
        var groupKey = string.Empty;
        var truncated = false;
        foreach (var member in body.Members)
        {
            if (member.Kind is EnvelopeMember.GroupKey or EnvelopeMember.TruncatedAlerts)
            {
                var reader = new Utf8JsonReader(body.Bytes.AsSpan(member.ValueStart, member.End - member.ValueStart));
                reader.Read();
                if (member.Kind == EnvelopeMember.GroupKey)
                {
                    groupKey = reader.TokenType == JsonTokenType.String ? JsonText.Read(reader.ValueSpan) : string.Empty;
                }
                else
                {
                    truncated = reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var left) && left > 0;
                }
            }
        }

        return new(Fingerprint.Hash(Encoding.UTF8.GetBytes(groupKey)), TestNotification.Is(body, groupKey), truncated);
    }
}
