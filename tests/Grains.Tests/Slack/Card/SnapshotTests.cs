using Incidents.Grains.Slack;
using Incidents.Grains.Slack.Card;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack.Card;

/// <summary>Cards as they look, in Snapshots/. With <c>SNAPSHOTS=write</c> the files are written anew: then read their
/// diff.</summary>
public sealed class SnapshotTests
{
    private static readonly string Folder = Path.Combine(Repo.Root, "tests", "Grains.Tests", "Slack", "Card", "Snapshots");

    [Fact]
    public void A_new_critical_incident() => Shows("new_critical", Card(Cards.Critical, isNew: true));

    [Fact]
    public void An_acknowledged_incident() => Shows("acknowledged", Card(Cards.Acknowledged));

    [Fact]
    public void An_incident_that_a_person_resolved() => Shows("resolved_by_person", Card(Cards.Resolved));

    [Fact]
    public void An_incident_that_ended_by_itself() => Shows("resolved_by_itself", Card(Cards.ResolvedByItself));

    [Fact]
    public void A_test_mentions_nobody() => Shows("test", Card(Cards.Critical with { IsTest = true }, isNew: true));

    [Fact]
    public void A_datasource_error_without_hosts() => Shows("datasource_error", Card(Broken, isNew: true));

    [Fact]
    public void A_datasource_error_in_full_when_configured() =>
        Shows("datasource_error_shown", CardRenderer.Card(Broken, Cards.Style with { ShowDatasourceErrors = true }, isNew: true));

    [Fact]
    public void An_incident_of_which_something_is_missing() => Shows(
        "incomplete", Card(Cards.Critical with { IsIncomplete = true, Alerts = 12_345, Instances = 2_000, Firing = 1_999, Links = new() }));

    [Fact]
    public void A_hostile_alert() => Shows("hostile", Card(Cards.OfFixture("bad/15_injection_sql_slack_markup_urls.json")));

    [Fact]
    public void Korean_and_emoji() => Shows("korean_and_emoji", Card(Cards.OfFixture("grafana/11_unicode_korean_emoji.json"), isNew: true));

    [Fact]
    public void An_older_message_points_to_the_newer_one() => Shows("pointer", CardRenderer.Pointer(Cards.Critical));

    [Fact]
    public void Plain_text() => Shows("plain", CardRenderer.Plain(Cards.Resolved));

    /// <summary>With the datasource's error naming hosts in every text that Grafana's templates reach.</summary>
    private static CardFacts Broken
    {
        get
        {
            var facts = Cards.OfFixture("grafana/08_datasource_error.json");
            return facts with
            {
                Summary = $"{facts.Summary}, 7.25% at 12:30: {facts.DatasourceError}, see prometheus-apne2-b, [fe80::1%eth0]:9090 or db.internal",
                Parts = facts.Parts with { Cluster = "prometheus-apne2-b" },
            };
        }
    }

    private static SlackMessage Card(CardFacts facts, bool isNew = false) => CardRenderer.Card(facts, Cards.Style, isNew);

    private static void Shows(string name, SlackMessage message)
    {
        Assert.Null(BlockKitLimits.Check(Sent.Of(message)));
        var (file, picture) = (Path.Combine(Folder, $"{name}.txt"), CardPicture.Of(message));
        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "write")
        {
            File.WriteAllText(file, picture);
        }

        var expected = File.Exists(file) ? File.ReadAllText(file) : "(no such file)";
        Assert.True(expected == picture, $"{file} says\n\n{expected}\n\nbut the card is\n\n{picture}");
    }
}
