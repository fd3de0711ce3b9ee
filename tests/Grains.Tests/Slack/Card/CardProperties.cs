using System.Globalization;
using FsCheck.Xunit;
using Incidents.Grains.Slack;
using Incidents.Grains.Slack.Card;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack.Card;

[Properties(Arbitrary = new[] { typeof(Hostility) }, MaxTest = 300, EndSize = 30)]
public sealed class CardProperties
{
    private const int MostText = 3_000;
    private const int MostBlockText = 10_000;

    [Property]
    public void A_card_of_anything_is_within_the_limits_and_harmless(AnyCard any) =>
        Sound(CardRenderer.Card(any.Facts, any.Style, any.IsNew));

    [Property]
    public void A_message_without_a_card_is_too(AnyCard any)
    {
        Sound(CardRenderer.Pointer(any.Facts));
        Sound(CardRenderer.Plain(any.Facts));
    }

    [Property]
    public void A_text_is_cut_between_characters_and_says_so(AnyText any)
    {
        var (whole, cut) = (Inert.Line(any.Text, int.MaxValue), Inert.Line(any.Text, any.Most));
        Assert.True(cut.Length <= any.Most);
        if (cut != whole)
        {
            Assert.EndsWith("…", cut, StringComparison.Ordinal);
            Assert.StartsWith(cut[..^1], whole, StringComparison.Ordinal);
            Assert.Contains(cut.Length - 1, StringInfo.ParseCombiningCharacters(whole));
            Assert.DoesNotMatch("&[a-z]*$", cut[..^1]);
        }
    }

    [Property]
    public void What_is_inert_stays_as_it_is(AnyText any)
    {
        var inert = Inert.Line(any.Text, int.MaxValue);
        if (Visible.Clusters(inert).Any(static cluster => cluster.End.Value - cluster.Start.Value >= Visible.LongestCluster))
        {
            return; // cut off, it may join what follows, and is cut again
        }

        var shown = inert.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

        Assert.Equal(inert, Inert.Line(shown, int.MaxValue));
    }

    private static void Sound(SlackMessage message)
    {
        var sent = Sent.Of(message);
        Assert.Null(BlockKitLimits.Check(sent));
        Assert.InRange(BlockKitLimits.BlockText(sent["blocks"]) + BlockKitLimits.BlockText(sent["attachments"]), 0, MostBlockText);
        Assert.InRange(message.Text.Length, 1, MostText);
        Assert.Empty(Harmless.Faults(sent));
    }
}
