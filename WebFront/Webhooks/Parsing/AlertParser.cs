using System.Collections.Frozen;
using System.Text.Unicode;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>Makes alerts from elements of <c>alerts[]</c>, one after the other. For one delivery: it keeps its
/// buffers.</summary>
internal sealed class AlertParser(WebhookOptions limits, KnownLabels known)
{
    private const string Summary = "summary";
    private const int MaxName = 255;
    private const int MaxSeverity = 64;
    private const int MaxSummary = 1024;
    private const int MaxMessage = 4096;

    private static readonly string[] Message = ["description", "message"];
    private static readonly FrozenSet<string> Annotations = FrozenSet.Create(StringComparer.Ordinal, [Summary, .. Message]);

    private readonly TextMap _labels = new(limits.MaxLabels, known.All);
    private readonly TextMap _annotations = new(limits.MaxLabels, Annotations);

    public AlertReading Read(byte[] body, AlertRange range, int position)
    {
        var bytes = body.AsSpan(range.Start, range.Length);
        RejectReason? unusable = range switch
        {
            { IsObject: false } => RejectReason.NotAnObject,
            _ when range.Length > limits.MaxAlertBytes => RejectReason.AlertTooLarge,
            _ when range.Depth > limits.MaxDepth => RejectReason.TooDeep,
            _ when !Utf8.IsValid(bytes) => RejectReason.InvalidUtf8,
            _ => null,
        };
        if (unusable is { } reason)
        {
            return AlertReading.Rejected(reason);
        }

        var fields = AlertFields.Read(bytes, limits.MaxDepth, _labels, _annotations);
        return fields.State is { } state
            ? new(Alert(bytes, position, state, fields), KeyReading.Of(_labels, fields, known), null)
            : AlertReading.Rejected(RejectReason.BadStatus);
    }

    private Alert Alert(ReadOnlySpan<byte> bytes, int position, AlertState state, AlertFields fields) => new()
    {
        Position = position,
        State = state,
        Fingerprint = Fingerprint.Sent(fields.Fingerprint) ?? Fingerprint.Of(_labels, fields.LabelBytes),
        StartsAt = fields.StartsAt,
        EndsAt = fields.EndsAt,
        AlertName = CleanText.Cut(_labels[KnownLabels.AlertName], MaxName),
        Severity = CleanText.Cut(_labels[KnownLabels.Severity], MaxSeverity),
        Summary = CleanText.Cut(_annotations[Summary], MaxSummary),
        Message = CleanText.Cut(_annotations.First(Message), MaxMessage),
        Labels = _labels.ToJson(),
        Annotations = _annotations.ToJson(),
        Values = fields.Values,
        Raw = bytes.ToArray(),
    };
}
