using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Incidents.TestKit.FakeSlack;

/// <summary>A workspace of Slack with one app in it, over real HTTP: its documented errors, limits and habits, and what
/// a test wants to go wrong. No laxer than Slack.</summary>
public sealed class FakeWorkspace : IAsyncDisposable
{
    public const string Token = "xoxb-1111111111-fake-token";
    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";
    public const string Team = "T0123ABCD";
    private const string WebhookPath = "/services/T0123ABCD/B0BOT00001/fakewebhooksecret";

    private readonly TimeProvider _clock;
    private readonly Limiter _limiter;
    private readonly FakeServer _server;
    private ImmutableList<FakeCall> _calls = [];

    private FakeWorkspace(TimeProvider clock, FakeLimits limits, int port)
    {
        (_clock, _limiter) = (clock, new(limits));
        _server = new(this, clock, port);
        AddChannel("incidents");
    }

    public Uri ApiBaseUrl => new(_server.Url, "/api/");

    public Uri WebhookUrl => new(_server.Url, WebhookPath);

    /// <summary>Settings that make a silo use it as a bot.</summary>
    public Dictionary<string, string> BotSettings => new()
    {
        ["Slack:BotToken"] = Token,
        ["Slack:Channel"] = "#incidents",
        ["Slack:ApiBaseUrl"] = $"{ApiBaseUrl}",
    };

    /// <summary>Every call, in the order in which they came in.</summary>
    public IReadOnlyList<FakeCall> Calls => Volatile.Read(ref _calls);

    /// <summary>The first is <c>#incidents</c>, which the incoming webhook posts to.</summary>
    public ImmutableList<FakeChannel> Channels { get; private set; } = [];

    public ImmutableList<FakeView> Views { get; private set; } = [];

    /// <summary>What was answered to presses by their response_url.</summary>
    public ImmutableList<FakeWhisper> Whispers { get; private set; } = [];

    /// <summary>Such as <c>token_revoked</c>: what every method answers until it is null again.</summary>
    public string? TokenError { get; set; }

    /// <summary>Such as <c>no_service</c>: what the incoming webhook answers until it is null again.</summary>
    public string? WebhookError { get; set; }

    public ImmutableHashSet<string> Scopes { get; set; } = ["chat:write", "channels:history", "channels:read"];

    internal Faults Faults { get; } = new();

    internal Dictionary<string, Trigger> Triggers { get; } = [];

    internal Dictionary<string, PressUrl> ResponseUrls { get; } = [];

    internal Lock Gate { get; } = new();

    internal DateTimeOffset Now => _clock.GetUtcNow();

    internal Uri Url => _server.Url;

    /// <param name="port">Where it listens; 0: anywhere.</param>
    public static async Task<FakeWorkspace> Start(TimeProvider clock, FakeLimits limits, int port = 0)
    {
        var workspace = new FakeWorkspace(clock, limits, port);
        await workspace._server.Start();
        return workspace;
    }

    public FakeChannel AddChannel(string name)
    {
        lock (Gate)
        {
            var channel = new FakeChannel($"C0INCIDENT{Channels.Count + 1}", name, _clock);
            Channels = Channels.Add(channel);
            return channel;
        }
    }

    /// <param name="channel">Its id, or <c>#name</c>.</param>
    public IReadOnlyList<FakeMessage> Messages(string channel) =>
        (Find(channel) ?? throw new ArgumentException($"There is no channel {channel}.", nameof(channel))).Messages;

    /// <summary>What the next calls of a method meet with, after what was said before.</summary>
    /// <param name="method">One of <see cref="SlackMethods"/>.</param>
    /// <param name="calls">So many; else until <see cref="Heal"/>.</param>
    public void Fail(string method, Fault fault, int calls = int.MaxValue) => Faults.Add(method, fault, calls);

    /// <summary>Nothing goes wrong any more. What is held already takes its time.</summary>
    public void Heal() => Faults.Clear();

    /// <summary>How many calls of a method went over its limit.</summary>
    public int OverLimit(string method)
    {
        lock (Gate)
        {
            return _limiter.Over(method);
        }
    }

    /// <summary>A person presses a button.</summary>
    /// <param name="action">Its action_id.</param>
    /// <param name="seen">What they have before them, if not the latest.</param>
    public SignedForm Press(FakeMessage message, string action, FakeUser user, FakeVersion? seen = null) =>
        Presses.Press(this, message, seen ?? message.Now, action, user);

    /// <summary>A person sends off a view.</summary>
    /// <param name="answers">By block id: the text, or the value of the option; what is left out stays empty.</param>
    public SignedForm Submit(FakeView view, params IReadOnlyCollection<(string Block, string Value)> answers) =>
        Presses.Submit(this, view, answers);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    internal static bool IsWebhook(string path) => path == WebhookPath;

    internal FakeChannel? Find(string channel) => channel.StartsWith('#') ? Channels.Find(one => one.Name == channel[1..]) : FindById(channel);

    internal FakeChannel? FindById(string channel) => Channels.Find(one => one.Id == channel);

    internal FakeCall Received(string method, JsonObject arguments, IHeaderDictionary headers)
    {
        lock (Gate)
        {
            var channel = arguments.Text("channel");
            var incident = (arguments["metadata"]?["event_payload"] as JsonObject)?.Text("incident_id")
                ?? (channel is null ? null : Find(channel))?.Messages.Find(one => one.Ts == arguments.Text("ts"))?.IncidentId;
            var call = new FakeCall(Now, method, channel, incident, arguments) { Headers = [.. headers.Keys] };
            _calls = _calls.Add(call);
            return call;
        }
    }

    internal TimeSpan? OverLimit(string method, string? channel) =>
        _limiter.Take(method, channel is null ? null : Find(channel)?.Id ?? channel, Now);

    internal FakeView Opened(FakeUser user, JsonObject view)
    {
        var opened = new FakeView(user, Now, ViewsOpen.Content(view, $"V0VIEW{Views.Count + 1:D5}", Now));
        Views = Views.Add(opened);
        return opened;
    }

    internal void Whispered(FakeWhisper whisper) => Whispers = Whispers.Add(whisper);
}
