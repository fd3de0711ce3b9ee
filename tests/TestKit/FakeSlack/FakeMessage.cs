using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>A message in a channel, and all it ever showed.</summary>
public sealed class FakeMessage
{
    internal FakeMessage(FakeChannel channel, string ts, DateTimeOffset at, JsonObject content) =>
        (Channel, Ts, Versions) = (channel, ts, [new(at, content)]);

    public FakeChannel Channel { get; }

    public string Ts { get; }

    /// <summary>As posted, then after each edit.</summary>
    public ImmutableList<FakeVersion> Versions { get; private set; }

    public FakeVersion Now => Versions[^1];

    public string Text => Now.Text;

    /// <summary>From its metadata; null for what others wrote.</summary>
    public string? IncidentId => Now.Content["metadata"]?["event_payload"]?["incident_id"]?.GetValue<string>();

    /// <summary>Somebody deleted it: it cannot be edited any more.</summary>
    public bool IsDeleted { get; private set; }

    internal bool IsOurs => Now.Content.ContainsKey("app_id");

    public void Delete() => IsDeleted = true;

    internal void Edit(DateTimeOffset at, JsonObject content) => Versions = Versions.Add(new(at, content));
}

/// <param name="Content">The message as Slack returns it; not to be changed.</param>
public sealed record FakeVersion(DateTimeOffset At, JsonObject Content)
{
    public string Text => Content["text"]?.GetValue<string>() ?? "";

    /// <summary>What can be pressed, in order: of blocks, then of attachments.</summary>
    public IEnumerable<JsonObject> Buttons => Blocks
        .Where(static block => (string?)block["type"] == "actions")
        .SelectMany(static block => block["elements"]!.AsArray())
        .OfType<JsonObject>();

    /// <summary>Of the message and of its attachments.</summary>
    internal IEnumerable<JsonObject> Blocks =>
        from holder in new[] { Content }.Concat(Content["attachments"]?.AsArray().OfType<JsonObject>() ?? [])
        from block in holder["blocks"]?.AsArray().OfType<JsonObject>() ?? []
        select block;
}
