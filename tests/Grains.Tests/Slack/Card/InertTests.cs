using Incidents.Grains.Slack.Card;
using Xunit;

namespace Incidents.Grains.Tests.Slack.Card;

public sealed class InertTests
{
    private const string Family = "👩\u200D👩\u200D👧";

    [Theory]
    [InlineData("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d")]
    [InlineData("<!channel> <@U1> <https://a|b>", "&lt;!channel&gt; &lt;＠U1&gt; &lt;https://a|b&gt;")]
    [InlineData("&amp; &lt;", "&amp;amp; &amp;lt;")]
    [InlineData("> quote > not", "› quote &gt; not")]
    [InlineData("*bold* ~struck~ `code` ```fence```", "∗bold∗ ∼struck∼ 'code' '''fence'''")]
    [InlineData("_it_ node_cpu_seconds __name__", "＿it＿ node_cpu_seconds ＿＿name＿＿")]
    [InlineData("@here root@db1 #general c#1", "＠here root@db1 ＃general c#1")]
    [InlineData(":fire: :a:b:c: job:up:sum 12:30:45 why: because", "∶fire∶ ∶a∶b∶c∶ job:up:sum 12:30:45 why: because")]
    [InlineData(":::: : :", ":::: : :")]
    [InlineData(":e\u0301http: :na\u203Fme:", "∶e\u0301http∶ ∶na\u203Fme∶")]
    public void What_means_something_to_Slack_is_only_shown(string text, string shown) => Assert.Equal(shown, Inert.Line(text, 1_000));

    [Theory]
    [InlineData("  a\r\n\tb\0c\u2028d\u00A0e  ", "a b c d e")]
    [InlineData("pay\u202Egpj.exe\u2066 \u200Bx\uFEFFy\u00ADz", "paygpj.exe xyz")]
    [InlineData("e\u0301\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301")]
    [InlineData("\u0301a \u0301b", "a b")]
    [InlineData("a\u200Db 👩\u200D👧", "ab 👩\u200D👧")]
    [InlineData("x\U000E0069\U000E0101y\u3164z", "xy z")]
    public void What_hides_or_disturbs_goes(string text, string shown) => Assert.Equal(shown, Inert.Line(text, 1_000));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("a\uFFFDb\uFFFD", Inert.Line("a\uD83Db\uDE00", 1_000));

    [Fact]
    public void A_paragraph_keeps_a_few_line_ends() =>
        Assert.Equal("a\n› b\nc" + string.Concat(Enumerable.Repeat("\nd", 9)) + " d d", Inert.Lines("a\r\n\r\n> b \n c" + string.Concat(Enumerable.Repeat("\nd", 11)), 1_000));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("ab<cd", 5, "ab…")]
    [InlineData("ab<cd", 7, "ab&lt;…")]
    [InlineData("ab🔥cd", 4, "ab…")]
    [InlineData("ab🔥cd", 5, "ab🔥…")]
    [InlineData("a" + Family + "bc", 9, "a…")]
    [InlineData("a" + Family + "bc", 10, "a" + Family + "…")]
    [InlineData("a\u1112\u1161\u11ABbc", 4, "a…")]
    [InlineData("ae\u0301bc", 3, "a…")]
    [InlineData("🔥🔥", 1, "…")]
    public void It_is_cut_between_what_a_reader_sees(string text, int most, string cut) => Assert.Equal(cut, Inert.Line(text, most));

    [Fact]
    public void One_character_of_thousands_does_not_fill_the_card()
    {
        Assert.InRange(Inert.Line(new string('\u1100', 5_000) + " end", 1_000).Length, 5, 40);
        Assert.InRange(Inert.Line(string.Concat(Enumerable.Repeat("👩\u200D", 2_000)) + " end", 1_000).Length, 5, 40);
    }

    [Theory]
    [InlineData("see https://evil.example/a", "see https:\u200B//evil.\u200Bexample/a")]
    [InlineData("ann@b.com 7.25% end. @here", "ann@\u200Bb.\u200Bcom 7.\u200B25% end. ＠\u200Bhere")]
    public void Without_verbatim_nothing_looks_like_a_link(string text, string shown) => Assert.Equal(shown, Inert.Unlinked(text, 1_000));
}
