using System.Text.Json;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>What a delivery says of the program that sent it. For people, and untrusted: nothing is decided by it.</summary>
/// <param name="AppVersion">Grafana's own version (12.4 and newer say it), at most 64 characters; else empty.</param>
/// <param name="ExternalUrl">Where its pages are, at most 255 characters; else empty.</param>
/// <param name="OrgId">Grafana's organisation.</param>
internal sealed record DeliveryOrigin(SenderKind Kind, string AppVersion, string ExternalUrl, long? OrgId)
{
    public const int MaxVersion = 64;
    public const int MaxUrl = 255;

    /// <summary>A member longer than this is no version and no address, and is not read.</summary>
    private const int MaxRead = 4096;

    public static DeliveryOrigin Of(WebhookBody body)
    {
        var (version, appVersion, externalUrl, orgId) = ("", "", "", (long?)null);
        foreach (var member in body.Members)
        {
            switch (member.Kind)
            {
                case EnvelopeMember.Version:
                    version = Text(body, member, MaxVersion);
                    break;
                case EnvelopeMember.AppVersion:
                    appVersion = Text(body, member, MaxVersion);
                    break;
                case EnvelopeMember.ExternalUrl:
                    externalUrl = Text(body, member, MaxUrl);
                    break;
                case EnvelopeMember.OrgId:
                    orgId = Reader(body, member) is { TokenType: JsonTokenType.Number } reader && reader.TryGetInt64(out var id) ? id : null;
                    break;
                default:
                    break;
            }
        }

        // Grafana with an imported Alertmanager configuration sends version 4 too; then only its User-Agent tells.
        var kind = (version, appVersion, orgId) switch
        {
            ("1", _, _) or (_, not "", _) or (_, _, not null) => SenderKind.Grafana,
            ("4", _, _) => SenderKind.Alertmanager,
            _ => SenderKind.Unknown,
        };
        return new(kind, appVersion, externalUrl, orgId);
    }

    /// <summary>Text in one line, without what could rewrite a terminal.</summary>
    public static string OneLine(string text, int max) =>
        CleanText.Cut(string.Join(' ', CleanText.Strip(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), max);

    private static string Text(WebhookBody body, MemberRange member, int max) =>
        member.Length <= MaxRead && Reader(body, member) is { TokenType: JsonTokenType.String } reader
            ? OneLine(JsonText.Read(reader.ValueSpan), max)
            : "";

    private static Utf8JsonReader Reader(WebhookBody body, MemberRange member)
    {
        var reader = new Utf8JsonReader(body.Bytes.AsSpan(member.ValueStart, member.End - member.ValueStart));
        reader.Read();
        return reader;
    }
}

/// <summary>The program that sends.</summary>
internal enum SenderKind
{
    Unknown,
    Grafana,
    Alertmanager,
}
