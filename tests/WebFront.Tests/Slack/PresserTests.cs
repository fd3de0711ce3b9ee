using Incidents.Grains.Interfaces;
using Incidents.WebFront.Slack;

namespace Incidents.WebFront.Tests.Slack;

/// <summary>Who pressed, which command it is, and where they may be told.</summary>
public sealed class PresserTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData("minsu.kim", "minsu.kim (Slack U045ONCALL)")]
    [InlineData(null, "U045ONCALL (Slack U045ONCALL)")]
    [InlineData(" \n\u200b\u202e ", "U045ONCALL (Slack U045ONCALL)")]
    [InlineData("a\r\nb\tc", "a b c (Slack U045ONCALL)")]
    [InlineData("김민수 🛠", "김민수 🛠 (Slack U045ONCALL)")]
    [InlineData("exe\u202egnp.", "exegnp. (Slack U045ONCALL)")]
    [InlineData("ceo (Slack U000BOSS)", "ceo [Slack U000BOSS] (Slack U045ONCALL)")]
    public void An_actor_is_one_line_that_ends_in_the_id(string? name, string actor) =>
        Assert.Equal(actor, SlackUser.Of("U045ONCALL", name)!.Actor);

    [Fact]
    public void A_name_without_end_is_cut_and_the_id_stays()
    {
        var actor = SlackUser.Of("U045ONCALL", string.Concat(Enumerable.Repeat("👩‍🚒", 1000)))!.Actor;

        Assert.InRange(actor.Length, 150, 190);
        Assert.EndsWith(" (Slack U045ONCALL)", actor, StringComparison.Ordinal);
    }

    [Fact]
    public void People_see_an_actor_without_the_id()
    {
        Assert.Equal("minsu.kim", SlackUser.Shown("minsu.kim (Slack U045ONCALL)"));
        Assert.Equal("ceo [Slack U000BOSS]", SlackUser.Shown("ceo [Slack U000BOSS] (Slack U045ONCALL)"));
        Assert.Equal("ann", SlackUser.Shown("ann"));
    }

    [Fact]
    public void The_same_press_is_the_same_command_and_any_other_is_another()
    {
        Assert.True(IncidentId.TryParse("INC-20260102030405-0123456789abcdef", out var incident));
        Assert.True(IncidentId.TryParse("INC-20260102030405-0123456789abcde0", out var other));
        var (kim, lee) = (SlackUser.Of("U045ONCALL", "kim")!, SlackUser.Of("U046ONCALL", "kim")!);
        var card = new PressedCard(incident, 3, null);
        var press = new SlackPress.Order(CommandKind.Acknowledge, card, kim);
        var answer = new SlackPress.ResolutionAnswered(card, kim, "V1", null, null, null);

        Assert.Equal(PressCommand.Of(press, At), PressCommand.Of(press with { Card = card with { ResponseUrl = new("x") } }, At));
        Guid[] ids =
        [
            PressCommand.Of(press, At).CommandId,
            PressCommand.Of(press with { By = lee }, At).CommandId,
            PressCommand.Of(press with { Kind = CommandKind.Unacknowledge }, At).CommandId,
            PressCommand.Of(press with { Card = card with { Revision = 4 } }, At).CommandId,
            PressCommand.Of(press with { Card = card with { Incident = other } }, At).CommandId,
            PressCommand.Of(answer, At).CommandId,
            PressCommand.Of(answer with { ViewId = "V2" }, At).CommandId,
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("https://hooks.slack.com/actions/T0/1/x", "https://slack.com/api/", true)]
    [InlineData("https://hooks.slack-gov.com/actions/T0/1/x", "https://slack-gov.com/api/", true)]
    [InlineData("http://hooks.slack.com/actions/T0/1/x", "https://slack.com/api/", false)]
    [InlineData("https://hooks.slack.com:8443/x", "https://slack.com/api/", false)]
    [InlineData("https://hooks.slack.com@evil.example.com/x", "https://slack.com/api/", false)]
    [InlineData("https://me@hooks.slack.com/x", "https://slack.com/api/", false)]
    [InlineData("https://hooks.slack.com.evil.example.com/x", "https://slack.com/api/", false)]
    [InlineData("https://slack.com/x", "https://slack.com/api/", false)]
    [InlineData("http://169.254.169.254/latest", "https://slack.com/api/", false)]
    [InlineData("http://127.0.0.1:7/x", "http://127.0.0.1:7/api/", true)]
    [InlineData("http://127.0.0.1:8/x", "http://127.0.0.1:7/api/", false)]
    [InlineData("https://127.0.0.1:7/x", "http://127.0.0.1:7/api/", false)]
    [InlineData("file:///etc/passwd", "http://127.0.0.1:7/api/", false)]
    [InlineData("", "https://slack.com/api/", false)]
    public void Only_an_address_of_Slacks_is_called(string url, string apiBase, bool called)
    {
        Assert.Equal(called, new ResponseUrl(url).Checked(new(apiBase)) is not null);
        Assert.DoesNotContain("/x", $"{new PressedCard(default, 1, new ResponseUrl(url))}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_presser_reads_mentions_nobody()
    {
        var body = System.Text.Json.JsonElement.Parse(Whisper.Body("<!channel> & *all*"));

        Assert.Equal("&lt;!channel&gt; &amp; *all*", body.GetProperty("text").GetString());
        Assert.Equal("plain_text", body.GetProperty("blocks")[0].GetProperty("text").GetProperty("type").GetString());
        Assert.Equal("ephemeral", body.GetProperty("response_type").GetString());
        Assert.False(body.GetProperty("replace_original").GetBoolean());
    }
}
