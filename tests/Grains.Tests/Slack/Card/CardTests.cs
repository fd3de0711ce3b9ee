using System.Globalization;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Incidents.Grains.Slack.Card;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack.Card;

public sealed class CardTests
{
    [Theory]
    [InlineData("here", "<!here>")]
    [InlineData("channel", "<!channel>")]
    [InlineData("U012AB3CD", "<@U012AB3CD>")]
    [InlineData("W012AB3CD", "<@W012AB3CD>")]
    [InlineData("SAZ94GDB8", "<!subteam^SAZ94GDB8>")]
    public void A_new_critical_incident_mentions_whom_the_settings_name(string setting, string mention) =>
        Assert.EndsWith($" {mention}", Headline(CardRenderer.Card(Cards.Critical, Cards.Style with { Mention = setting }, isNew: true)), StringComparison.Ordinal);

    [Fact]
    public void Nothing_else_mentions_anybody()
    {
        CardFacts[] others = [Cards.Acknowledged, Cards.Resolved, Cards.Critical with { IsTest = true }, Cards.Critical with { Severity = "warning" }];

        Assert.DoesNotContain("<!", Headline(CardRenderer.Card(Cards.Critical, Cards.Style, isNew: false)), StringComparison.Ordinal);
        Assert.All(others, static facts => Assert.DoesNotContain("<!", Headline(CardRenderer.Card(facts, Cards.Style, isNew: true)), StringComparison.Ordinal));
        Assert.DoesNotContain("<", Headline(CardRenderer.Card(Cards.Critical, Cards.Style with { Mention = null }, isNew: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_buttons_fit_the_state()
    {
        Assert.Equal(["incident_acknowledge primary", "incident_resolve "], Buttons(Cards.Critical));
        Assert.Equal(["incident_resolve ", "incident_unacknowledge "], Buttons(Cards.Acknowledged));
        Assert.Empty(Buttons(Cards.Resolved));
    }

    [Fact]
    public void The_highest_severity_looks_critical_however_it_is_called() => Assert.Equal(
        Colour(Cards.Critical, Cards.Style), Colour(Cards.Critical with { Severity = "sev1" }, Cards.Style with { TopSeverity = "sev1" }));

    [Fact]
    public void Every_state_has_its_colour() => Assert.Distinct(
        new[]
        {
            Cards.Critical, Cards.Critical with { Severity = "error" }, Cards.Critical with { Severity = "warning" }, Cards.Critical with { Severity = "info" },
            Cards.Critical with { Severity = "unknown" }, Cards.Acknowledged, Cards.Resolved, Cards.Critical with { IsTest = true },
        }.Select(static facts => Colour(facts, Cards.Style)));

    [Theory]
    [InlineData(Resolution.Person, "*Resolved* by mina, ")]
    [InlineData(Resolution.Auto, "*Resolved* by itself: all of its instances ended, ")]
    [InlineData(Resolution.Stale, "*Resolved* as stale: nothing was heard of it any more, ")]
    [InlineData(Resolution.NeverOpened, "*Resolved*: only its end was received, ")]
    [InlineData(Resolution.Test, "*Test* ended, ")]
    public void How_it_ended_is_told(Resolution resolution, string told) => Assert.Contains(
        told, CardPicture.Of(CardRenderer.Card(Cards.Resolved with { Resolved = (DateTimeOffset.UnixEpoch, "mina", resolution) }, Cards.Style, false)), StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { -1.0, -1.0 }, "")]
    [InlineData(new[] { double.NaN, double.PositiveInfinity, -1.0 }, "")]
    [InlineData(new[] { -1.0, 2.0 }, "*Values* 0 = -1 · 1 = 2")]
    public void Values_that_mean_no_value_are_left_out(double[] values, string told)
    {
        var facts = Cards.Critical with { Summary = "the summary", Values = [.. values.Select(static (value, index) => ($"{index}", value))] };
        var lines = CardPicture.Of(CardRenderer.Card(facts, Cards.Style, false)).Split('\n');

        Assert.Equal(told.Length > 0 ? $"┃ {told}" : "┃ ── section", lines[Array.IndexOf(lines, "┃ the summary") + 1]);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(96.34521739130435, "96.35")]
    [InlineData(-7.25, "-7.25")]
    [InlineData(1_234_567.891, "1,234,568")]
    [InlineData(0.00123456, "0.001235")]
    [InlineData(999.96, "1,000")]
    [InlineData(2.5e-9, "2.5e-9")]
    [InlineData(1.5e18, "1.5e+18")]
    [InlineData(double.MaxValue, "1.798e+308")]
    public void A_number_has_the_digits_that_count(double value, string shown)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ";", NegativeSign = "minus" } };
        try
        {
            Assert.Equal(shown, CardNumber.Of(value));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("https://a.example/d?x=1&y=2#z", "<https://a.example/d?x=1&amp;y=2#z|Rule>")]
    [InlineData("http://a.example/a|b> <c\"*`\n", "<http://a.example/a%7Cb%3E%20%3Cc%22%2A%60|Rule>")]
    [InlineData("https://a.example/결제?q=높음", "<https://a.example/%EA%B2%B0%EC%A0%9C?q=%EB%86%92%EC%9D%8C|Rule>")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("/relative", null)]
    [InlineData("https://grafana.example@evil.example/", null)]
    [InlineData("https://결제.example.com/", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_an_address_for_a_browser_is_a_link(string? address, string? link) => Assert.Equal(link, SlackLink.Of(address, "Rule"));

    [Fact]
    public void An_address_that_is_too_long_is_left_out()
    {
        Assert.NotNull(SlackLink.Of("https://a.example/" + new string('b', 982), "Rule"));
        Assert.Null(SlackLink.Of("https://a.example/" + new string('b', 983), "Rule"));
        Assert.Null(SlackLink.Of("https://a.example/" + new string('가', 150), "Rule"));
    }

    [Fact]
    public void The_form_is_as_Slack_takes_it()
    {
        var form = ResolutionForm.View(new SlackResolutionForm("trigger", Cards.Id, 3, new string('x', 3_000)));

        Assert.Null(BlockKitLimits.CheckView(form));
        Assert.Contains(Cards.Id.Value, Sent.Texts(form));
        Assert.Equal(
            ["action_taken/text", "root_cause/text", "is_noise/choice"],
            form["blocks"]!.AsArray().Skip(1).Select(static block => $"{block!["block_id"]}/{block["element"]!["action_id"]}"));
    }

    private static string Headline(SlackMessage message) => (string)message.Blocks[0]!["text"]!["text"]!;

    private static string Colour(CardFacts facts, CardStyle style) => (string)CardRenderer.Card(facts, style, false).Attachments[0]!["color"]!;

    private static IEnumerable<string> Buttons(CardFacts facts)
    {
        var blocks = CardRenderer.Card(facts, Cards.Style, false).Attachments[0]!["blocks"]!.AsArray();
        var buttons = blocks.SingleOrDefault(static block => (string?)block!["type"] == "actions")?["elements"]!.AsArray() ?? [];
        Assert.All(buttons, button => Assert.Equal($"{Cards.Id} {facts.Revision}", (string?)button!["value"]));
        return buttons.Select(static button => $"{button!["action_id"]} {button["style"]}");
    }
}
