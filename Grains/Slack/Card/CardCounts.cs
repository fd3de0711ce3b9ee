namespace Incidents.Grains.Slack.Card;

internal static class CardCounts
{
    /// <summary>As <c>37 alerts, 5 of 9 instances firing</c>.</summary>
    public static string Of(CardFacts facts)
    {
        var alerts = facts.Alerts == 1 ? "1 alert" : $"{CardNumber.Of(facts.Alerts)} alerts";
        var instances = facts.Instances == 1 ? "1 instance" : $"{CardNumber.Of(facts.Instances)} instances";
        return facts.Instances > 0 ? $"{alerts}, {CardNumber.Of(facts.Firing)} of {instances} firing" : alerts;
    }
}
