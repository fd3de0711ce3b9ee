using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>A storm against Slack's own limits, ten times as fast as they are: what takes minutes takes seconds.</summary>
public sealed class SlackStormTests
{
    private const int Faster = 10;
    private const int Grave = 20;
    private const int Other = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly (string, string)[] TenTimes =
        [("Slack:PostsPerMinute", "600"), ("Slack:AllPostsPerMinute", "3000"), ("Slack:EditsPerMinute", "500"), ("Slack:CountEvery", "00:00:00.200")];

    [Fact]
    public async Task Never_over_the_limits_every_incident_gets_its_card_and_another_channel_does_not_wait()
    {
        await using var cluster = await ToldCluster.Started(new() { Scale = Faster }, static slack => slack.BotSettings, TenTimes);
        var usual = await Task.WhenAll(Enumerable.Range(0, Other).Select(n => cluster.Observe($"usual {n}", Alerts.Firing("a", severity: "error"))));
        var critical = await Task.WhenAll(Enumerable.Range(0, Grave).Select(n => cluster.Observe($"grave {n}", Alerts.Firing("a"))));
        for (var n = 0; n < 10; n++)
        {
            await Task.WhenAll(Enumerable.Range(0, Other).Select(i => cluster.Observe($"usual {i}", Alerts.Firing($"f{n}", severity: "error"))));
        }

        await Task.WhenAll(usual.Take(10).Select(incident => cluster.Command(incident, CommandKind.Acknowledge)));
        await Eventually.Holds(
            "every incident has its card",
            () => Task.FromResult(usual.Concat(critical).All(incident => cluster.Of(incident).Count == 1)),
            Patience,
            TestContext.Current.CancellationToken);
        foreach (var incident in usual)
        {
            await cluster.Shows(incident, "11 alerts");
        }

        await cluster.IsQuiet();
        var usualLast = usual.Max(incident => cluster.Of(incident)[0].Versions[0].At);
        var criticalLast = critical.Max(incident => cluster.Of(incident)[0].Versions[0].At);
        Assert.True(criticalLast < usualLast, $"Critical ones were told until {criticalLast:O}, the others until {usualLast:O}.");
        Assert.All(usual.Take(10), incident => Assert.Contains("acknowledged", cluster.Of(incident)[0].Text, StringComparison.Ordinal));
        Assert.All(
            [SlackMethods.Post, SlackMethods.Update, SlackMethods.History],
            method => Assert.Equal((method, 0), (method, cluster.Slack.OverLimit(method))));
    }

    [Fact]
    public async Task The_most_severe_is_told_first_in_a_channel_that_is_behind()
    {
        await using var cluster = await ToldCluster.Started(
            new() { Scale = Faster }, static slack => slack.BotSettings, [.. TenTimes, ("Slack:Channels:critical", "#incidents")]);
        await Task.WhenAll(Enumerable.Range(0, Other).Select(n => cluster.Observe($"usual {n}", Alerts.Firing("a", severity: "error"))));

        var critical = await cluster.Observe("grave", Alerts.Firing("a"));
        await cluster.Shows(critical, "HighErrorRate");

        Assert.InRange(cluster.Slack.Messages("#incidents").Count, 1, Other / 2);
    }

    [Fact]
    public async Task An_incoming_webhook_hears_of_what_is_new_and_what_is_resolved_and_of_nothing_between()
    {
        await using var cluster = await ToldCluster.Started(
            FakeLimits.None, static slack => new() { ["Slack:WebhookUrl"] = $"{slack.WebhookUrl}" });
        var incident = await cluster.Observe("one", Alerts.Firing("a", severity: "error"));
        await Said(1);
        await cluster.Command(incident, CommandKind.Acknowledge);
        await cluster.IsQuiet();
        await cluster.Observe("one", Alerts.Firing("b"));
        await Said(2);
        await cluster.Command(incident, CommandKind.Resolve);
        await Said(3);
        await cluster.IsQuiet();

        var lines = cluster.Slack.Messages("#incidents").Select(static message => message.Text).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Contains("error: HighErrorRate", lines[0], StringComparison.Ordinal);
        Assert.Contains("critical: HighErrorRate", lines[1], StringComparison.Ordinal);
        Assert.Contains("resolved by jisu", lines[2], StringComparison.Ordinal);

        Task Said(int messages) => Eventually.Holds(
            $"{messages} lines are there",
            () => Task.FromResult(cluster.Slack.Messages("#incidents").Count == messages),
            Patience,
            TestContext.Current.CancellationToken);
    }
}
