using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Incidents.Browser.Tests;

/// <summary>What holds for each page.</summary>
public sealed class EveryPageTests(Site site) : IClassFixture<Site>
{
    private static readonly string[] Serious = ["serious", "critical"];

    /// <summary>{0}: an incident.</summary>
    public static TheoryData<string> Pages =>
        ["/", "/?status=resolved&severity=critical&text=nothing", "/incidents/{0}", "/find", "/find?q=HighErrorRate", "/system", "/system/rejected", "/audit", "/tokens", "/nowhere"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_can_be_used_by_everybody_on_a_desk_by_day_and_on_a_phone_at_night(string path)
    {
        var incident = await site.Fires("every-page");
        foreach (var look in new[] { Look.Desktop, Look.Phone with { IsDark = true } })
        {
            var page = await site.Open(string.Format(null, path, incident), look);

            var found = await page.RunAxe();
            Assert.Empty(found.Violations
                .Where(static violation => Serious.Contains(violation.Impact))
                .Select(violation => $"{look}: {violation.Id}: {violation.Nodes[0].Html}"));
            Assert.Equal(look.Width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_of_it_breaks_its_own_content_security_policy(string path)
    {
        var incident = await site.Fires("every-page");
        var page = await site.Open("/nowhere");
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);

        var answer = await page.GotoAsync(string.Format(null, path, incident), new() { WaitUntil = WaitUntilState.Load });

        Assert.NotNull(answer);
        var own = complaints.Where(text => !text.StartsWith("Failed to load resource", StringComparison.Ordinal) || answer.Ok);
        Assert.Empty(own);
        Assert.Contains("default-src 'none'", await answer.HeaderValueAsync("content-security-policy"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
