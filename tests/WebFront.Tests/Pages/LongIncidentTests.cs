using System.Text.RegularExpressions;
using Incidents.TestKit;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Pages;

/// <summary>An incident's page shows the newest of what there is, and the way to the rest.</summary>
public sealed partial class LongIncidentTests(SharedSystem shared)
{
    [Fact]
    public async Task Every_alert_of_it_is_on_one_page()
    {
        var system = await shared.Get();
        var id = "";
        for (var n = 0; n < 25; n++)
        {
            id = (await system.Accept(Incoming.Alert("page-alerts", fingerprint: $"{n:x16}"))).IncidentId;
        }

        Assert.Equal(25, await Gather(system, id, AlertAddress(), OlderAlerts()));
    }

    [Fact]
    public async Task Every_entry_of_its_timeline_is_on_one_page()
    {
        var system = await shared.Get();
        var id = (await system.Accept(Incoming.Alert("page-timeline"))).IncidentId;
        for (var n = 0; n < 105; n++)
        {
            await system.Command(id, "notes", $$"""{"text":"note <{{n}}>"}""");
        }

        Assert.Equal(105, await Gather(system, id, Note(), OlderEntries()));
    }

    /// <summary>How many different ones there are on the two pages.</summary>
    private static async Task<int> Gather(IncidentsSystem system, string id, Regex one, Regex older)
    {
        var first = await system.Visit($"/incidents/{id}");
        var second = await system.Visit($"/incidents/{id}{older.Match(first.Html).Groups["query"].Value}");
        Assert.DoesNotMatch(older, second.Html);
        return new[] { first, second }.SelectMany(page => one.Matches(page.Html)).Select(static match => match.Value).Distinct().Count();
    }

    [GeneratedRegex("/alerts/[0-9]+/exact")]
    private static partial Regex AlertAddress();

    [GeneratedRegex("note &lt;[0-9]+&gt;")]
    private static partial Regex Note();

    [GeneratedRegex("href=\"(?<query>\\?alerts=[^\"#]*)#")]
    private static partial Regex OlderAlerts();

    [GeneratedRegex("href=\"(?<query>\\?timeline=[^\"#]*)#")]
    private static partial Regex OlderEntries();
}
