namespace Incidents.TestKit.FakeSlack;

/// <summary>What can be called; the names that faults, limits and recorded calls go by.</summary>
public static class SlackMethods
{
    public const string Post = "chat.postMessage";
    public const string Update = "chat.update";
    public const string History = "conversations.history";
    public const string Conversations = "users.conversations";
    public const string OpenView = "views.open";
    public const string Webhook = "incoming-webhook";
    public const string ResponseUrl = "response_url";

    internal static string? ScopeOf(string method) => method switch
    {
        Post or Update => "chat:write",
        History => "channels:history",
        Conversations => "channels:read",
        _ => null,
    };
}
