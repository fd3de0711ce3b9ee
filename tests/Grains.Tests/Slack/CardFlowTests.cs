using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>From an alert to what stands in Slack, over real HTTP, with all that can go wrong between.</summary>
public sealed class CardFlowTests(ToldCluster.OfClass shared) : IClassFixture<ToldCluster.OfClass>
{
    private readonly ToldCluster _cluster = shared.Cluster;

    [Fact]
    public async Task An_incident_has_one_message_that_follows_it_to_its_end()
    {
        var incident = await _cluster.Observe("one", Alerts.Firing("a"));
        var posted = await _cluster.Shows(incident, "HighErrorRate");
        Assert.Equal(["incident_acknowledge", "incident_resolve"], Actions(posted));

        await _cluster.Command(incident, CommandKind.Acknowledge);
        await _cluster.Shows(incident, "jisu");
        Assert.Contains("incident_resolve", Actions(posted));

        await _cluster.Command(incident, CommandKind.Resolve);
        await _cluster.Shows(incident, "rolled back");
        await _cluster.IsQuiet();

        Assert.Equal(posted.Ts, Assert.Single(_cluster.Of(incident)).Ts);
        Assert.Empty(posted.Now.Buttons);
        Assert.Equal(ToldCluster.Grave, $"#{posted.Channel.Name}");
    }

    [Fact]
    public async Task A_raised_severity_is_a_new_message_where_it_belongs_and_the_former_one_points_to_it()
    {
        var incident = await _cluster.Observe("raised", Alerts.Firing("a", severity: "warning"));
        var former = await _cluster.Shows(incident, "HighErrorRate");
        Assert.Equal("incidents", former.Channel.Name);

        await _cluster.Observe("raised", Alerts.Firing("b"));
        await Eventually.Holds(
            "the former message points to the new one",
            () => Task.FromResult(_cluster.Of(incident).Count == 2 && !former.Now.Buttons.Any()),
            TimeSpan.FromSeconds(20),
            TestContext.Current.CancellationToken);

        var living = _cluster.Of(incident)[1];
        Assert.Equal(ToldCluster.Grave, $"#{living.Channel.Name}");
        await _cluster.Command(incident, CommandKind.Resolve);
        await _cluster.IsQuiet();
        Assert.Contains("rolled back", ToldCluster.Shown(living), StringComparison.Ordinal);
        Assert.Equal(2, _cluster.Of(incident).Count);
    }

    [Fact]
    public async Task Joining_alerts_edit_the_counts_of_the_one_message_and_the_last_edit_has_the_last_count()
    {
        var incident = await _cluster.Observe("counts", Alerts.Firing("a"));
        for (var n = 2; n <= 40; n++)
        {
            await _cluster.Observe("counts", Alerts.Firing($"f{n}"));
        }

        var card = await _cluster.Shows(incident, "40 alerts");

        Assert.Single(_cluster.Of(incident));
        var edits = card.Versions.Skip(1).Select(static version => version.At).ToList();
        Assert.All(edits.Zip(edits.Skip(1)), static pair => Assert.True(pair.Second - pair.First > TimeSpan.FromSeconds(0.4), $"{pair}"));
    }

    [Fact]
    public async Task A_broken_channel_is_left_for_the_default_one()
    {
        _cluster.Slack.Channels[1].IsArchived = true;

        var incident = await _cluster.Observe("archived", Alerts.Firing("a"));

        var message = await _cluster.Shows(incident, "HighErrorRate");
        _cluster.Slack.Channels[1].IsArchived = false;
        Assert.Equal("incidents", message.Channel.Name);
    }

    [Fact]
    public async Task A_message_that_somebody_deleted_comes_again()
    {
        var incident = await _cluster.Observe("deleted", Alerts.Firing("a"));
        (await _cluster.Shows(incident, "HighErrorRate")).Delete();

        await _cluster.Observe("deleted", Alerts.Firing("b"));

        var again = await _cluster.Shows(incident, "2 alerts");
        Assert.Same(again, Assert.Single(_cluster.Of(incident)));
    }

    [Fact]
    public async Task A_severity_that_rises_while_nobody_knows_whether_the_first_card_is_there_leaves_no_orphan()
    {
        _cluster.Slack.Fail(SlackMethods.Post, Fault.Drop with { IsCarriedOut = true }, calls: 1);
        var incident = await _cluster.Observe("orphan", Alerts.Firing("a", severity: "warning"));
        await Eventually.Holds(
            "the first card is there",
            () => Task.FromResult(_cluster.Of(incident).Count == 1),
            TimeSpan.FromSeconds(20),
            TestContext.Current.CancellationToken);

        await _cluster.Observe("orphan", Alerts.Firing("b"));
        await _cluster.Shows(incident, "critical");
        await _cluster.IsQuiet();

        Assert.Equal(["incidents", "critical"], _cluster.Of(incident).Select(static message => message.Channel.Name));
        Assert.Empty(_cluster.Of(incident)[0].Now.Buttons);
    }

    [Fact]
    public async Task An_alert_that_cannot_be_drawn_is_told_of_all_the_same()
    {
        var alert = Alerts.Firing("a");
        var raw = """{"status":"firing","values":{"\ud800":1},"annotations":{"runbook_url":"\udfff"}}"""u8.ToArray();

        var incident = await _cluster.Observe("surrogate", alert with { Raw = raw });

        await _cluster.Shows(incident, "HighErrorRate");
    }

    [Fact]
    public async Task A_card_that_Slack_refuses_is_told_as_plain_text()
    {
        _cluster.Slack.Fail(SlackMethods.Post, Fault.Error("invalid_blocks"), calls: 1);

        var incident = await _cluster.Observe("refused", Alerts.Firing("a"));

        var message = await _cluster.Shows(incident, "HighErrorRate");
        Assert.Empty(message.Now.Buttons);
    }

    private static IEnumerable<string> Actions(FakeMessage message) =>
        message.Now.Buttons.Select(static button => button["action_id"]!.GetValue<string>());
}
