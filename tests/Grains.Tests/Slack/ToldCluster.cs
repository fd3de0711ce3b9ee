using Incidents.Grains.Interfaces;
using Incidents.Grains.Tests.Cluster;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>Two silos that tell a workspace of Slack, with short times.</summary>
public sealed class ToldCluster : IAsyncDisposable
{
    /// <summary>For severity critical; all others go to the first channel of the workspace.</summary>
    public const string Grave = "#critical";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestDatabase _database;

    private ToldCluster(TestDatabase database, FakeWorkspace slack, TwoSilos silos) => (_database, Slack, Silos) = (database, slack, silos);

    public FakeWorkspace Slack { get; }

    internal TwoSilos Silos { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<ToldCluster> Started() => Started(FakeLimits.None, static slack => slack.BotSettings);

    public static async Task<ToldCluster> Started(
        FakeLimits limits, Func<FakeWorkspace, Dictionary<string, string>> way, params (string Name, string Value)[] settings)
    {
        var slack = await FakeWorkspace.Start(TimeProvider.System, limits);
        slack.AddChannel(Grave[1..]);
        var all = new Dictionary<string, string>(way(slack))
        {
            ["Slack:AnswerWithin"] = "00:00:01",
            ["Slack:SettleAfter"] = "00:00:03",
            ["Slack:RetryEvery"] = "00:00:00.200",
            ["Slack:CountEvery"] = "00:00:00.500",
        };
        if (all.ContainsKey("Slack:BotToken"))
        {
            all["Slack:Channels:critical"] = Grave;
        }

        if (limits == FakeLimits.None)
        {
            (all["Slack:PostsPerMinute"], all["Slack:AllPostsPerMinute"], all["Slack:EditsPerMinute"], all["Slack:SearchesPerMinute"]) =
                ("6000", "60000", "6000", "6000");
        }

        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var database = await TestDatabase.Create();
        return new(database, slack, await TwoSilos.Started(database, [.. all.Select(static one => (one.Key, one.Value))]));
    }

    public async Task<IncidentId> Observe(string service, params Alert[] alerts) =>
        (await Silos.Observe(Alerts.Batch(TimeProvider.System.GetUtcNow(), alerts).To(service))).Alerts[^1].IncidentId!.Value;

    public Task<CommandResult> Command(IncidentId incident, CommandKind kind) => Silos.Grain(incident.Key).Command(new()
    {
        CommandId = Guid.NewGuid(),
        Kind = kind,
        IncidentId = incident,
        Actor = "jisu",
        ActionTaken = kind == CommandKind.Resolve ? "rolled back" : null,
        Deadline = TimeProvider.System.GetUtcNow().AddSeconds(20),
    });

    /// <summary>The messages of an incident in all channels, the oldest first.</summary>
    public List<FakeMessage> Of(IncidentId incident) =>
    [
        .. Slack.Channels.SelectMany(static channel => channel.Messages)
            .Where(message => message.IncidentId == incident.Value && !message.IsDeleted)
            .OrderBy(static message => message.Ts, StringComparer.Ordinal),
    ];

    /// <summary>Waits until the last message of the incident shows a text.</summary>
    public async Task<FakeMessage> Shows(IncidentId incident, string text)
    {
        await Eventually.Holds(
            $"the card of {incident.Value} shows '{text}'",
            () => Task.FromResult(Of(incident) is [.., var last] && Shown(last).Contains(text, StringComparison.Ordinal)),
            Patience,
            Cancel,
            () => $"It shows: {(Of(incident) is [.., var last] ? Shown(last) : "nothing")}");
        return Of(incident)[^1];
    }

    /// <summary>Waits until nothing is left to tell.</summary>
    public Task IsQuiet() => Eventually.Holds(
        "nothing is left to tell",
        async () => await _database.Read<int>("SELECT COUNT(*) FROM notifications WHERE state = 'pending'") == 0,
        Patience,
        Cancel);

    public static string Shown(FakeMessage message) => message.Now.Content.ToJsonString();

    /// <summary>One for the tests of a class, which run one after the other.</summary>
    public sealed class OfClass : IAsyncLifetime
    {
        public ToldCluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Cluster = await Started();

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Silos.DisposeAsync();
        await Slack.DisposeAsync();
        await _database.DisposeAsync();
    }
}
