namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>The members beside <c>alerts</c> that are treated each in its way.</summary>
internal enum EnvelopeMember
{
    Other,
    Title,
    Message,
    AppVersion,
    Receiver,
    Status,
    GroupKey,
    ExternalUrl,
    Version,
    OrgId,
    TruncatedAlerts,
}

internal static class EnvelopeMembers
{
    public static EnvelopeMember KindOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("title"u8) => EnvelopeMember.Title,
        _ when name.SequenceEqual("message"u8) => EnvelopeMember.Message,
        _ when name.SequenceEqual("appVersion"u8) => EnvelopeMember.AppVersion,
        _ when name.SequenceEqual("receiver"u8) => EnvelopeMember.Receiver,
        _ when name.SequenceEqual("status"u8) => EnvelopeMember.Status,
        _ when name.SequenceEqual("groupKey"u8) => EnvelopeMember.GroupKey,
        _ when name.SequenceEqual("externalURL"u8) => EnvelopeMember.ExternalUrl,
        _ when name.SequenceEqual("version"u8) => EnvelopeMember.Version,
        _ when name.SequenceEqual("orgId"u8) => EnvelopeMember.OrgId,
        _ when name.SequenceEqual("truncatedAlerts"u8) => EnvelopeMember.TruncatedAlerts,
        _ => EnvelopeMember.Other,
    };

    /// <summary>Title and message list every alert of the delivery: repeated with each they make a body of 200 alerts
    /// 75 times as large.</summary>
    public static bool ListsAllAlerts(this EnvelopeMember kind) => kind is EnvelopeMember.Title or EnvelopeMember.Message;

    /// <summary>What tells deliveries apart, and is short.</summary>
    public static bool IsEssential(this EnvelopeMember kind) => kind >= EnvelopeMember.Receiver;
}
