using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.Grains.Slack;
using Incidents.TestKit;
using MySqlConnector;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>What is to be told, as the incident's transaction writes it, and as its channel reads and answers it.</summary>
public sealed class NoticeRowsTests : IAsyncLifetime
{
    private const string Usual = "#usual";
    private const string Grave = "#critical";

    private static readonly SlackOptions Slack = new()
    {
        BotToken = "xoxb-0000-0000",
        Channel = Usual,
        Channels = new Dictionary<string, string> { ["critical"] = Grave },
    };

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private TestDatabase _database = null!;
    private MySqlDataSource _source = null!;
    private CardRows _rows = null!;
    private Rival _owner = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        _source = new(IncidentsConnection.Parse(_database.ConnectionString).ConnectionString);
        _rows = new(_source);
        _owner = await Rival.Started(_database.ConnectionString, slack: Slack);
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_new_incident_wants_a_message_in_the_channel_of_its_severity()
    {
        var error = await Observe("one", Alerts.Firing("a", _now, "error"));
        var critical = await Observe("two", Alerts.Firing("a", _now));

        Assert.Equal((Usual, 1, 1, 0), Told(await Wanted(Usual, error)));
        Assert.Equal((Grave, 1, 1, 0), Told(await Wanted(Grave, critical)));
    }

    [Fact]
    public async Task Joining_alerts_are_no_news()
    {
        var incident = await Observe("one", Alerts.Firing("a", _now));
        await Sent(await Wanted(Grave, incident));

        await Observe("one", Alerts.Firing("b", _now), Alerts.Firing("a", _now));

        Assert.Equal("sent", await _database.Read<string>("SELECT state FROM notifications"));
        Assert.Equal(0, (await Look(Grave)).Pending);
        Assert.Equal(incident, Assert.Single(await _rows.Miscounted(Grave, [incident], Cancel)).IncidentId); // its counts may be told
    }

    [Fact]
    public async Task What_people_do_is_an_edit_and_a_severity_higher_than_ever_a_message()
    {
        var incident = await Observe("one", Alerts.Firing("a", _now, "error"));
        await Sent(await Wanted(Usual, incident));

        await Command(incident, CommandKind.Acknowledge);
        var edit = Assert.Single((await Look(Usual)).Edits);
        Assert.Equal((Usual, 2, 1, 1), Told(edit));
        Assert.Empty((await Look(Usual)).Messages);

        await Observe("one", Alerts.Firing("b", _now));
        Assert.Equal((Grave, 3, 3, 1), Told(await Wanted(Grave, incident)));
        Assert.Equal(0, (await Look(Usual)).Pending);
    }

    [Fact]
    public async Task What_is_wanted_while_a_call_is_under_way_stays_wanted()
    {
        var incident = await Observe("one", Alerts.Firing("a", _now));
        var card = await Wanted(Grave, incident);
        var claim = Guid.NewGuid();
        Assert.True(await Claim(card, claim));

        await Command(incident, CommandKind.Acknowledge);
        Assert.True(await _rows.Settle(card, claim, Done(card), Cancel));

        var left = Assert.Single((await Look(Grave)).Edits);
        Assert.Equal((2, 1, new MessagePlace("C1", "1.2")), (left.DesiredRevision, left.SentRevision, left.Message));
    }

    [Theory]
    [InlineData(CommandKind.Acknowledge)]
    [InlineData(CommandKind.Resolve)]
    public async Task What_was_given_up_is_tried_again_with_the_next_change_and_what_only_waits_is_not(CommandKind change)
    {
        var given = await Failed("given up", TimeSpan.FromHours(1));
        var waiting = await Failed("waiting", TimeSpan.FromMinutes(10));

        await Command(given, change);
        await Command(waiting, change);

        Assert.Equal(given, Assert.Single((await Look(Usual)).Edits).IncidentId);

        async Task<IncidentId> Failed(string service, TimeSpan wait)
        {
            var card = await Wanted(Usual, await Observe(service, Alerts.Firing("a", _now, "error")));
            var claim = Guid.NewGuid();
            Assert.True(await Claim(card, claim));
            var refused = Done(card).Row with { LastError = "invalid_blocks", SentRevision = 0, NextAttemptAt = TimeProvider.System.GetUtcNow() + wait };
            Assert.True(await _rows.Settle(card, claim, new CardSettlement(refused) { GivenUp = wait > TimeSpan.FromMinutes(10) }, Cancel));
            return card.IncidentId;
        }
    }

    [Fact]
    public async Task One_of_two_that_claim_at_once_calls_Slack()
    {
        var card = await Wanted(Grave, await Observe("one", Alerts.Firing("a", _now)));

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Claim(card, Guid.NewGuid())));

        Assert.Single(claims, true);
        Assert.Empty((await Look(Grave)).Messages); // nobody else sees it meanwhile
        Assert.False(await _rows.Settle(card, Guid.NewGuid(), Done(card), Cancel));
    }

    [Fact]
    public async Task A_claim_that_ended_without_a_word_may_have_posted()
    {
        var card = await Wanted(Grave, await Observe("one", Alerts.Firing("a", _now)));
        Assert.True(await _rows.Claim(card, Guid.NewGuid(), TimeSpan.FromMicroseconds(1), posts: true, _now, lateUntil: null, Cancel));

        var left = await Wanted(Grave, card.IncidentId);

        Assert.Equal((Grave, 1), (left.Posting?.Channel, left.Posting?.Raised));
        Assert.Equal(CardStep.Find, DeliveryRules.Next(left, canLook: true));
    }

    [Fact]
    public async Task The_most_severe_is_told_first_then_the_oldest()
    {
        await Observe("one", Alerts.Firing("a", _now, "warning"));
        await Observe("two", Alerts.Firing("a", _now, "error"));
        await _database.Execute("UPDATE notifications SET channel = ?", Usual);
        var grave = await Observe("three", Alerts.Firing("a", _now));
        await _database.Execute("UPDATE notifications SET channel = ?", Usual);

        var messages = (await Look(Usual)).Messages;

        Assert.Equal(grave, messages[0].IncidentId);
        Assert.Equal(messages.Skip(1).OrderBy(static card => card.PendingSince), messages.Skip(1));
    }

    [Fact]
    public async Task The_end_of_an_incident_that_was_never_told_of_is_not_told_either()
    {
        await using var silent = await Rival.Started(_database.ConnectionString);
        var incident = (await silent.Observe(Alerts.Batch(_now, Alerts.Firing("a", _now)).To("one"))).Alerts[0].IncidentId!.Value;

        await Command(incident, CommandKind.Resolve);

        Assert.Equal(0, await _database.Read<int>("SELECT COUNT(*) FROM notifications"));
    }

    [Fact]
    public async Task What_a_silo_without_Slack_did_is_noticed()
    {
        var incident = await Observe("one", Alerts.Firing("a", _now));
        await Sent(await Wanted(Grave, incident));
        await using var silent = await Rival.Started(_database.ConnectionString);
        await silent.Command(Order(incident, CommandKind.Resolve));
        Assert.Equal(0, (await Look(Grave)).Pending);

        Assert.Equal(1, await new CardBacklog(_source).WantOverlooked(_now.AddDays(-1), _now, Cancel));

        Assert.Equal((2, 1), (Assert.Single((await Look(Grave)).Edits).DesiredRevision, (await Look(Grave)).Pending));
        Assert.Equal(0, await new CardBacklog(_source).WantOverlooked(_now.AddDays(-1), _now, Cancel));
    }

    [Fact]
    public async Task A_channel_with_the_longest_name_that_Slack_has_is_stored()
    {
        var name = $"#{new string('x', 80)}";
        await using var other = await Rival.Started(_database.ConnectionString, slack: new() { BotToken = "xoxb-0000-0000", Channel = name });

        await other.Observe(Alerts.Batch(_now, Alerts.Firing("a", _now)).To("long"));

        Assert.Single((await Look(name)).Messages);
    }

    [Fact]
    public async Task What_is_due_is_found_by_an_index()
    {
        var plan = await _database.Rows(
            "EXPLAIN FORMAT=TRADITIONAL SELECT n.incident_id FROM notifications n STRAIGHT_JOIN incidents i ON i.incident_id = n.incident_id "
            + "WHERE n.state = 'pending' AND n.channel = '#usual' AND n.next_attempt_at <= '2026-01-01'");

        Assert.Contains(plan, static row => Equals(row[2], "n") && row.Any(static cell => Equals(cell, "idx_channel_state_next")));
        Assert.Contains(plan, static row => Equals(row[2], "i") && row.Any(static cell => Equals(cell, "PRIMARY")));
    }

    private static (string, int, int, int) Told(CardRow card) => (card.Channel, card.DesiredRevision, card.RaisedRevision, card.MessageRevision);

    private static CardSettlement Done(CardRow card) => new(card with
    {
        Message = new("C1", "1.2"),
        MessageRevision = card.RaisedRevision,
        SentRevision = card.DesiredRevision,
        SentAlerts = 1,
    });

    private async Task<IncidentId> Observe(string service, params Alert[] alerts) =>
        (await _owner.Observe(Alerts.Batch(_now, alerts).To(service))).Alerts[0].IncidentId!.Value;

    private Task<CommandResult> Command(IncidentId incident, CommandKind kind) => _owner.Command(Order(incident, kind));

    private static IncidentCommand Order(IncidentId incident, CommandKind kind) => new()
    {
        CommandId = Guid.NewGuid(),
        Kind = kind,
        IncidentId = incident,
        Actor = "jisu",
        Deadline = TimeProvider.System.GetUtcNow().AddSeconds(20),
    };

    private Task<Waiting> Look(string channel) => _rows.Look(channel, "critical", _now.AddMinutes(1), Cancel);

    private async Task<CardRow> Wanted(string channel, IncidentId incident) =>
        Assert.Single((await Look(channel)).Messages, card => card.IncidentId == incident);

    private Task<bool> Claim(CardRow card, Guid claim) => _rows.Claim(card, claim, TimeSpan.FromMinutes(1), posts: true, _now, lateUntil: null, Cancel);

    private async Task Sent(CardRow card)
    {
        var claim = Guid.NewGuid();
        Assert.True(await Claim(card, claim));
        Assert.True(await _rows.Settle(card, claim, Done(card), Cancel));
    }
}
