using Incidents.Grains.Interfaces;
using Incidents.WebFront.Slack;

namespace Incidents.WebFront.Tests.Slack;

public sealed class PressAnswerTests
{
    private const string Id = "INC-20260102030405-0123456789abcdef";
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 2, 15, 30, TimeSpan.Zero);

    private static readonly IncidentView Acknowledged = new(
        Incident(), IncidentStatus.Acknowledged, "critical", 4, "jisu.park (Slack U046ONCALL)", null, null, null, null)
    {
        AcknowledgedAt = Now.AddMinutes(-2),
    };

    private static readonly IncidentView Resolved = new(
        Incident(), IncidentStatus.Resolved, "critical", 5, null, "jisu.park (Slack U046ONCALL)", Resolution.Person, null, null)
    {
        ResolvedAt = Now.AddSeconds(-90),
    };

    [Theory]
    [InlineData(CommandOutcome.Done)]
    [InlineData(CommandOutcome.Repeated)]
    public void What_was_done_the_card_says(CommandOutcome outcome) => Assert.Null(Text(outcome, Acknowledged));

    [Fact]
    public void What_was_not_done_is_told_with_who_did_what_and_when()
    {
        Assert.Equal($"Not done: {Id} was resolved by jisu.park 90 seconds ago.", Text(CommandOutcome.AlreadyResolved, Resolved));
        Assert.Equal(
            $"Not done: {Id} has changed since this card was drawn: it was acknowledged by jisu.park 2 minutes ago, severity critical. "
            + "The card will be up to date in a moment.",
            Text(CommandOutcome.StaleRevision, Acknowledged));
        Assert.Equal($"Nothing to do: {Id} was acknowledged by jisu.park 2 minutes ago.", Text(CommandOutcome.AlreadySo, Acknowledged));
        Assert.Equal(
            $"Not done: {Id} was resolved by itself, when its alerts ended, 3 hours ago.",
            Text(CommandOutcome.AlreadyResolved, Resolved with { ResolvedBy = null, Resolution = Resolution.Auto, ResolvedAt = Now.AddHours(-3) }));
        Assert.Equal(
            $"Not done: {Id} was resolved by kim (as local says).",
            Text(CommandOutcome.AlreadyResolved, Resolved with { ResolvedBy = "local", ResolvedSaidBy = "kim", ResolvedAt = null }));
    }

    [Fact]
    public void Nothing_confirmed_is_no_success() =>
        Assert.Equal($"Not confirmed in time: acknowledge {Id}. Please press again; it is done only once.", PressAnswer.Of(Command, null, Now));

    [Fact]
    public void Every_outcome_has_its_words()
    {
        foreach (var outcome in Enum.GetValues<CommandOutcome>())
        {
            Assert.Equal(outcome is CommandOutcome.Done or CommandOutcome.Repeated, Text(outcome, Acknowledged) is null);
        }

        foreach (var resolution in Enum.GetValues<Resolution>())
        {
            Assert.Contains("was resolved", Text(CommandOutcome.AlreadyResolved, Resolved with { Resolution = resolution })!, StringComparison.Ordinal);
        }
    }

    private static IncidentCommand Command { get; } = PressCommand.Of(
        new SlackPress.Order(CommandKind.Acknowledge, new(Incident(), 3, null), SlackUser.Of("U045ONCALL", null)!), Now);

    private static string? Text(CommandOutcome outcome, IncidentView view) => PressAnswer.Of(Command, new(outcome, view), Now);

    private static IncidentId Incident() => IncidentId.TryParse(Id, out var id) ? id : default;
}
