using System.Text.Unicode;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>
/// What is stored around the alerts of one delivery. The envelope is repeated with every alert, so a small alert in a
/// large envelope would multiply the body; of several alerts no more is stored (payload, labels and annotations) than
/// twice the body. The fullest envelope that keeps this is shared by all; if that is not the full one, the first
/// alert carries the full one, so nothing is lost.
/// </summary>
/// <param name="First">The first sound alert's own envelope, if it needs one.</param>
internal sealed record EnvelopePlan(Envelope Shared, Envelope? First)
{
    /// <summary>A longer envelope is cut to its essential members. 16 KiB: all of Grafana's but title and message
    /// stay well below.</summary>
    public const int MaxLength = 16_384;

    private static readonly Envelope Bare = new("{\"alerts\":["u8.ToArray(), "]}"u8.ToArray());

    /// <param name="sound">How many alerts are stored.</param>
    /// <param name="alertBytes">Bytes of their raw elements, labels and annotations.</param>
    public static EnvelopePlan For(WebhookBody body, int sound, long alertBytes)
    {
        var several = body.Alerts.Count > 1;
        var full = Build(body, several ? static member => !member.Kind.ListsAllAlerts() : static _ => true);
        var essential = full is null || several ? Build(body, IsEssential) ?? Bare : Bare;
        full ??= essential;
        var room = (2L * body.Bytes.Length) - alertBytes;
        if (!several || (long)full.Length * sound <= room)
        {
            return new(full, null);
        }

        return new((long)essential.Length * sound <= room ? essential : Bare, full);
    }

    /// <summary>One absurdly long member must not push out the others.</summary>
    private static bool IsEssential(MemberRange member) => member.Kind.IsEssential() && member.Length <= MaxLength / 4;

    /// <summary>Null when the chosen members are too long together.</summary>
    private static Envelope? Build(WebhookBody body, Predicate<MemberRange> chosen)
    {
        var length = Bare.Length;
        foreach (var member in body.Members)
        {
            length += chosen(member) ? member.Length + 1 : 0;
            if (length > MaxLength)
            {
                return null;
            }
        }

        using var head = new MemoryStream(length);
        using var tail = new MemoryStream(length);
        head.WriteByte((byte)'{');
        tail.WriteByte((byte)']');
        for (var i = 0; i < body.Members.Count; i++)
        {
            var bytes = body.Bytes.AsSpan(body.Members[i].Start, body.Members[i].Length);
            if (!chosen(body.Members[i]) || !Utf8.IsValid(bytes))
            {
                continue;
            }

            if (i < body.MembersBefore)
            {
                head.Write(bytes);
                head.WriteByte((byte)',');
            }
            else
            {
                tail.WriteByte((byte)',');
                tail.Write(bytes);
            }
        }

        head.Write("\"alerts\":["u8);
        tail.WriteByte((byte)'}');
        return new(head.ToArray(), tail.ToArray());
    }
}
