using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Senders;

/// <summary>The alert that tells of a silence, as a delivery of Alertmanager would bring it. Its delivery id follows
/// from what it tells, so that a repeated attempt is known to be one.</summary>
internal static class SilenceAlert
{
    public const string Name = "SenderSilent";

    /// <summary>How <c>grafana_alerts.sender</c> names the service itself.</summary>
    private const string OwnName = "incidents";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The key it would have if it were posted.</summary>
    public static KeyParts PartsOf(string sender) => new(Name, "", "", sender, "");

    /// <param name="deadline">When nobody waits for the answer any more.</param>
    public static AlertBatch Of(SilenceNews news, string severity, DateTimeOffset deadline)
    {
        var (parts, state) = (PartsOf(news.Sender), news.IsEnd ? AlertState.Resolved : AlertState.Firing);
        var series = IncidentKey.Of(parts).Value;
        var (summary, message) = (Summary(news), Message(news));
        Dictionary<string, string> labels = new() { ["alertname"] = Name, ["service"] = news.Sender, ["severity"] = severity };
        Dictionary<string, string> annotations = new() { ["description"] = message, ["summary"] = summary };
        return new AlertBatch
        {
            DeliveryId = DeliveryId(news),
            Attempt = 2, // an earlier one may have been lost with its silo: it is looked up
            Deadline = deadline,
            ReceivedAt = news.At,
            Parts = parts,
            Group = series,
            Sender = OwnName,
            Envelope = Around(news, state),
            Alerts =
            [
                new Alert
                {
                    Position = 0,
                    State = state,
                    Fingerprint = series,
                    StartsAt = news.Silence.FoundAt,
                    EndsAt = news.IsEnd ? news.At : null,
                    AlertName = Name,
                    Severity = severity,
                    Summary = summary,
                    Message = message,
                    Labels = JsonSerializer.Serialize(labels),
                    Annotations = JsonSerializer.Serialize(annotations),
                    Raw = Element(news, state, series, labels, annotations),
                },
            ],
        };
    }

    private static string Summary(SilenceNews news) => news.IsEnd
        ? $"Sender {news.Sender} is no longer silent"
        : $"Sender {news.Sender} is silent";

    private static string Message(SilenceNews news) => news.Reason switch
    {
        SilenceReason.FellSilent or SilenceReason.StillSilent =>
            $"Nothing was received from {news.Sender} since {Time(news.Silence.Since)}. Its alerts may be missing here.",
        SilenceReason.SpokeAgain => $"{news.Sender} delivers again.",
        SilenceReason.Unwatched => $"By the settings Senders:SilentAfter it is no longer a silence of {news.Sender}.",
        SilenceReason.Forgotten => $"{news.Sender} is no longer known.",
    };

    private static Envelope Around(SilenceNews news, AlertState state)
    {
        var head = JsonSerializer.Serialize(
            new
            {
                Receiver = OwnName,
                Status = state.Snake(),
                Version = "4",
                TruncatedAlerts = 0,
                GroupKey = $"{{}}:{{alertname=\"{Name}\", service=\"{news.Sender}\"}}",
            },
            Json);
        return new(Encoding.UTF8.GetBytes(head[..^1] + ",\"alerts\":["), "]}"u8.ToArray());
    }

    private static byte[] Element(
        SilenceNews news, AlertState state, string series, Dictionary<string, string> labels, Dictionary<string, string> annotations) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Status = state.Snake(),
                Labels = labels,
                Annotations = annotations,
                StartsAt = Time(news.Silence.FoundAt),
                EndsAt = news.IsEnd ? Time(news.At) : "0001-01-01T00:00:00Z",
                GeneratorURL = "",
                Fingerprint = series,
            },
            Json);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A UUIDv7 of the silence's beginning whose other bits are a hash of what is told.</summary>
    private static Guid DeliveryId(SilenceNews news)
    {
        var since = news.Silence.Since;
        var told = news.IsEnd ? "end" : news.Silence.Told.ToString(CultureInfo.InvariantCulture);
        var what = $"{Name}|{news.Sender}|{since.UtcTicks}|{news.Silence.Round}|{told}";
        var id = SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16);
        Span<byte> milliseconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, since.ToUnixTimeMilliseconds());
        milliseconds[2..].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70); // version 7
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new(id, bigEndian: true);
    }
}
