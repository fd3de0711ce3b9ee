using System.Globalization;
using System.Text;
using System.Text.Json;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>
/// One pass over the members of one alert: what is always wanted is decoded, what is rarely wanted stays a range of
/// bytes. A member of an unexpected type counts as absent; of a repeated one the last counts.
/// </summary>
internal ref struct AlertFields
{
    public AlertState? State;
    public DateTimeOffset? StartsAt;
    public DateTimeOffset? EndsAt;
    public string? Values;
    public ReadOnlySpan<byte> LabelBytes;
    public ReadOnlySpan<byte> Fingerprint;
    public ReadOnlySpan<byte> RuleUid;
    public ReadOnlySpan<byte> SilenceUrl;
    public ReadOnlySpan<byte> GeneratorUrl;

    public static AlertFields Read(ReadOnlySpan<byte> alert, int maxDepth, TextMap labels, TextMap annotations)
    {
        labels.Clear();
        annotations.Clear();
        var fields = default(AlertFields);
        var reader = new Utf8JsonReader(alert, new JsonReaderOptions { MaxDepth = maxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonText.Read(reader.ValueSpan)) : reader.ValueSpan;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                fields.ReadString(name, reader.ValueSpan);
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                fields.ReadObject(name, ref reader, alert, labels, annotations);
            }
            else
            {
                reader.Skip();
            }
        }

        return fields;
    }

    private void ReadString(ReadOnlySpan<byte> name, ReadOnlySpan<byte> token)
    {
        switch (name)
        {
            case var _ when name.SequenceEqual("status"u8):
                State = ReadState(token);
                break;
            case var _ when name.SequenceEqual("startsAt"u8):
                StartsAt = Rfc3339.Read(token);
                break;
            case var _ when name.SequenceEqual("endsAt"u8):
                EndsAt = Rfc3339.Read(token);
                break;
            case var _ when name.SequenceEqual("fingerprint"u8):
                Fingerprint = token;
                break;
            case var _ when name.SequenceEqual("ruleUID"u8):
                RuleUid = token;
                break;
            case var _ when name.SequenceEqual("silenceURL"u8):
                SilenceUrl = token;
                break;
            case var _ when name.SequenceEqual("generatorURL"u8):
                GeneratorUrl = token;
                break;
        }
    }

    private void ReadObject(
        ReadOnlySpan<byte> name,
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> alert,
        TextMap labels,
        TextMap annotations)
    {
        if (name.SequenceEqual("labels"u8))
        {
            var start = (int)reader.TokenStartIndex;
            labels.Read(ref reader);
            LabelBytes = alert[start..(int)reader.BytesConsumed];
        }
        else if (name.SequenceEqual("annotations"u8))
        {
            annotations.Read(ref reader);
        }
        else if (name.SequenceEqual("values"u8))
        {
            Values = ReadValues(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private const int MaxValues = 16_000; // characters; values_json is TEXT, 65,535 bytes

    private static AlertState? ReadState(ReadOnlySpan<byte> token) =>
        token.SequenceEqual("firing"u8) ? AlertState.Firing
        : token.SequenceEqual("resolved"u8) ? AlertState.Resolved
        : null;

    /// <summary>Finite numbers only: MySQL refuses a row whose JSON says <c>1e999</c>, and with it its whole batch.</summary>
    private static string? ReadValues(ref Utf8JsonReader reader)
    {
        var json = new StringBuilder("{");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number))
            {
                JsonMembers.AppendName(json, CleanText.Read(name));
                json.Append(number.ToString("R", CultureInfo.InvariantCulture));
            }
            else
            {
                reader.Skip();
            }
        }

        // Secondary: beyond what a row holds of them they are in the raw payload only.
        return json.Length is > 1 and <= MaxValues ? json.Append('}').ToString() : null;
    }
}
