using System.Text.Json;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>
/// A body cut into the byte ranges of its alerts and of its other members, in one pass that proves the whole to be
/// sound JSON. Nothing is copied or decoded.
/// </summary>
internal sealed class WebhookBody
{
    private readonly int _maxAlerts;

    private WebhookBody(byte[] bytes, int maxAlerts) => (Bytes, _maxAlerts) = (bytes, maxAlerts);

    private bool _tooMany;

    public byte[] Bytes { get; }

    /// <summary>The elements of <c>alerts</c>; if the member comes twice, of both.</summary>
    public List<AlertRange> Alerts { get; } = [];

    /// <summary>All members but <c>alerts</c>.</summary>
    public List<MemberRange> Members { get; } = [];

    /// <summary>How many of <see cref="Members"/> stand before the alerts; null when there are no alerts at all.</summary>
    public int? MembersBefore { get; private set; }

    /// <summary>Null when the body is not JSON with an <c>alerts</c> array; then <paramref name="reason"/> says why.</summary>
    public static WebhookBody? Cut(byte[] bytes, int maxAlerts, out RejectReason reason)
    {
        if (bytes.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            reason = RejectReason.EmptyBody;
            return null;
        }

        var body = new WebhookBody(bytes, maxAlerts);
        try
        {
            body.Cut();
        }
        catch (JsonException)
        {
            reason = RejectReason.NotJson;
            return null;
        }

        reason = body.MembersBefore is null ? RejectReason.NoAlertsArray : RejectReason.TooManyAlerts;
        return body.MembersBefore is null || body._tooMany ? null : body;
    }

    private void Cut()
    {
        // The reader keeps a bit for each level and does not recurse, so depth costs nothing here: an alert that is
        // too deep is rejected by itself, later, instead of taking its neighbours with it.
        var reader = new Utf8JsonReader(Bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                CutMember(ref reader);
            }
        }

        while (reader.Read())
        {
            // To the end: what follows must be sound, too.
        }
    }

    private void CutMember(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var kind = EnvelopeMembers.KindOf(reader.ValueIsEscaped ? default : reader.ValueSpan);
        var isAlerts = reader.ValueIsEscaped
            ? JsonText.Read(reader.ValueSpan) is "alerts"
            : reader.ValueSpan.SequenceEqual("alerts"u8);
        reader.Read();
        if (isAlerts && reader.TokenType == JsonTokenType.StartArray)
        {
            MembersBefore ??= Members.Count;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var alert = CutValue(ref reader);
                _tooMany |= Alerts.Count == _maxAlerts;
                if (!_tooMany)
                {
                    Alerts.Add(alert); // beyond the limit nothing is gathered: a body of commas must not cost memory
                }
            }
        }
        else
        {
            var value = CutValue(ref reader);
            if (!isAlerts)
            {
                Members.Add(new(kind, start, value.Start, value.Start + value.Length));
            }
        }
    }

    private static AlertRange CutValue(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var outside = reader.CurrentDepth;
        var depth = 0;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            do
            {
                depth = Math.Max(depth, reader.CurrentDepth - outside + 1);
                reader.Read();
            }
            while (reader.CurrentDepth > outside);
        }

        return new(start, (int)reader.BytesConsumed - start, depth, isObject);
    }
}

/// <param name="Depth">Nested objects and arrays, the alert itself included.</param>
internal readonly record struct AlertRange(int Start, int Length, int Depth, bool IsObject);

/// <param name="Start">Of the name's opening quote.</param>
internal readonly record struct MemberRange(EnvelopeMember Kind, int Start, int ValueStart, int End)
{
    public int Length => End - Start;
}
