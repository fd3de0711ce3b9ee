using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Incidents.WebFront.Queries;

/// <summary>A body, or one alert of a body, that was not accepted.</summary>
public sealed record RejectedRow
{
    private const int LongestCharacter = 4; // bytes, in UTF-8

    /// <summary>Rises in the order of coming.</summary>
    public long RejectedId { get; init; }

    public DateTime ReceivedAt { get; init; }

    public Guid DeliveryId => new(Delivery, bigEndian: true);

    /// <summary>Which of the delivery's alerts; null: the body as a whole.</summary>
    public int? Position { get; init; }

    /// <summary>The path that was posted to: <c>grafana</c> or <c>alertmanager</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Who sent it, by the name of its credentials.</summary>
    public required string Sender { get; init; }

    /// <summary>Such as <c>not_json</c> or <c>bad_status</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The reason in words.</summary>
    public string? Detail { get; init; }

    /// <summary>Bytes that came.</summary>
    public long BodyLength { get; init; }

    /// <summary>Bytes that are kept.</summary>
    public long KeptLength { get; init; }

    /// <summary>What is kept, or its beginning in a list, if it is UTF-8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body => TextLength is { } length ? Encoding.UTF8.GetString(Bytes, 0, length) : null;

    /// <summary>The same in base64, if it is not UTF-8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BodyBase64 => TextLength is null ? Convert.ToBase64String(Bytes) : null;

    [JsonIgnore]
    public byte[] Delivery { get; init; } = [];

    [JsonIgnore]
    public byte[] Bytes { get; init; } = [];

    /// <summary>Of the whole characters. The last one may have been cut where the body was cut.</summary>
    private int? TextLength
    {
        get
        {
            var isCut = Bytes.Length < BodyLength;
            for (var cut = 0; cut < LongestCharacter && cut <= Bytes.Length && (cut == 0 || isCut); cut++)
            {
                if (Utf8.IsValid(Bytes.AsSpan(0, Bytes.Length - cut)))
                {
                    return Bytes.Length - cut;
                }
            }

            return null;
        }
    }
}
