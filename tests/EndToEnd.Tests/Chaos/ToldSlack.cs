using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>A workspace of Slack that a stage's silos tell, how it breaks, and what it must show in the end.</summary>
internal sealed class ToldSlack(FakeWorkspace workspace) : IAsyncDisposable
{
    private static readonly string[] Methods = [SlackMethods.Post, SlackMethods.Update, SlackMethods.History, SlackMethods.Conversations];

    /// <summary>Longer than a silo waits for an answer, and shorter than it takes a post to be looked for.</summary>
    private static readonly TimeSpan VeryLate = Form.Lasts(40, 3);

    // What waits tries again after up to a minute, and looks for the counts that a lost silo knew every minute.
    private static readonly TimeSpan TellsWithin = TimeSpan.FromSeconds(180);

    /// <summary>Each way to fail. What is done all the same, so that its answer alone is lost, is as bad as what is not.
    /// The worst comes last: what is done when all is well again, and nobody waits for it any more.</summary>
    public static IReadOnlyList<(string Name, Action<ToldSlack> Begin)> Faults { get; } =
    [
        ("429", static slack => slack.Fail(Fault.RateLimited(TimeSpan.FromSeconds(2)))),
        ("500", static slack => slack.Fail(Fault.Answer(500))),
        ("500 when done", static slack => slack.Fail(Fault.Answer(500) with { IsCarriedOut = true })),
        ("dropped", static slack => slack.Fail(Fault.Drop)),
        ("dropped when done", static slack => slack.Fail(Fault.Drop with { IsCarriedOut = true })),
        ("token revoked", static slack => slack.Workspace.TokenError = "token_revoked"),
        ("late when done", static slack => slack.Fail(Fault.Late(VeryLate) with { IsCarriedOut = true })),
        ("late", static slack => slack.Fail(Fault.Late(VeryLate))),
    ];

    public FakeWorkspace Workspace => workspace;

    /// <summary>In the short form what takes a minute takes seconds.</summary>
    public (string Name, string Value)[] Settings =>
    [
        .. workspace.BotSettings.Select(static one => (one.Key, one.Value)),
        ("Slack:PostsPerMinute", "6000"), ("Slack:AllPostsPerMinute", "60000"), ("Slack:EditsPerMinute", "6000"),
        .. Form.IsFull ? Array.Empty<(string, string)>() :
        [
            ("Slack:AnswerWithin", "00:00:01"), ("Slack:SettleAfter", "00:00:10"), ("Slack:RetryEvery", "00:00:00.500"),
        ],
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ToldSlack> Start() => new(await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None));

    public void Heal()
    {
        workspace.TokenError = null;
        workspace.Heal();
    }

    /// <summary>All is told: each incident has one card, which shows what the incident is, and no other.</summary>
    public async Task ShowsAll(TestDatabase database)
    {
        await IsNone("nothing is left to tell", database, "SELECT COUNT(*) FROM notifications WHERE state <> 'sent'");
        if (Form.IsFull)
        {
            await IsNone("open incidents show their counts", database,
                "SELECT COUNT(*) FROM notifications n JOIN incidents i USING (incident_id) WHERE i.status <> 'resolved' AND n.sent_alerts <> i.alert_count");
        }

        var incidents = await database.Rows(
            "SELECT incident_id, status, revision FROM incidents WHERE COALESCE(resolution, '') <> 'never_opened'");
        var cards = workspace.Channels.SelectMany(static channel => channel.Messages).ToLookup(static message => message.IncidentId);
        Assert.NotEmpty(incidents);
        Assert.All(incidents, incident =>
        {
            var (id, status) = ((string)incident[0]!, (string)incident[1]!);
            var card = Assert.Single(cards[id]).Now;
            Assert.Contains(status == "active" ? " firing" : $" {status}", card.Text, StringComparison.Ordinal);
            var revisions = card.Buttons.Select(static button => button["value"]!.GetValue<string>()).Distinct();
            Assert.Equal(status == "resolved" ? [] : [$"{id} {incident[2]}"], revisions);
        });
    }

    public ValueTask DisposeAsync() => workspace.DisposeAsync();

    private static Task IsNone(string condition, TestDatabase database, string count) => Eventually.Holds(
        condition, async () => await database.Read<int>(count) == 0, TellsWithin, Cancel);

    private void Fail(Fault fault) => Array.ForEach(Methods, method => workspace.Fail(method, fault));
}
