using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>A channel, its messages in order.</summary>
public sealed class FakeChannel
{
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private long _last; // microseconds

    internal FakeChannel(string id, string name, TimeProvider clock) => (Id, Name, _clock) = (id, name, clock);

    public string Id { get; }

    /// <summary>Without the <c>#</c>.</summary>
    public string Name { get; }

    public bool IsArchived { get; set; }

    /// <summary>Whether the app was invited.</summary>
    public bool IsJoined { get; set; } = true;

    public ImmutableList<FakeMessage> Messages { get; private set; } = [];

    /// <summary>Somebody else writes something.</summary>
    public FakeMessage Say(string text) => Add(new() { ["user"] = FakeUser.OnCall.Id, ["type"] = "message", ["text"] = text });

    internal FakeMessage Add(JsonObject content)
    {
        lock (_lock)
        {
            var at = _clock.GetUtcNow();
            _last = Math.Max((at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, _last + 100);
            var ts = string.Create(CultureInfo.InvariantCulture, $"{_last / 1_000_000}.{_last % 1_000_000:D6}");
            content.Insert(2, "ts", ts);
            var message = new FakeMessage(this, ts, at, content);
            Messages = Messages.Add(message);
            return message;
        }
    }
}
