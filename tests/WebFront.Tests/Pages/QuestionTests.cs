using Incidents.WebFront.Pages;

namespace Incidents.WebFront.Tests.Pages;

public sealed class QuestionTests
{
    private const string Id = "INC-20260102030405-0123456789abcdef";

    [Theory]
    [InlineData("{\"alerts\":[]}", typeof(Question.Payload))]
    [InlineData("  [1]", typeof(Question.Payload))]
    [InlineData(Id, typeof(Question.Incident))]
    [InlineData("https://incidents.example/incidents/" + Id + "?done=note", typeof(Question.Incident))]
    [InlineData("https://g.example/alerting/grafana/abc-1/view?orgId=1", typeof(Question.Rule))]
    [InlineData("http://g.example/sub/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3Dabc-1", typeof(Question.Rule))]
    [InlineData("https://g.example/d/xyz/board?viewPanel=2", typeof(Question.OtherLink))]
    [InlineData("https://", typeof(Question.OtherLink))]
    [InlineData("0123456789abcdef", typeof(Question.Name))]
    [InlineData("Disk is full", typeof(Question.Name))]
    [InlineData("INC-nonsense", typeof(Question.Name))]
    public void What_is_asked_is_known_by_its_look(string asked, Type kind) => Assert.IsType(kind, Question.Of(asked));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n")]
    public void Nothing_is_no_question(string? asked) => Assert.Null(Question.Of(asked));

    [Fact]
    public void What_is_too_long_for_a_name_is_nonsense() => Assert.IsType<Question.Nonsense>(Question.Of(new string('x', 256)));

    [Fact]
    public void A_link_gives_the_rule_that_it_names() =>
        Assert.Equal(new Question.Rule("abc-1"), Question.Of("https://g.example/alerting/grafana/abc-1/view"));
}
