using System.Net;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Pages;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Tests.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Incidents.WebFront.Tests.Pages;

/// <summary>Who may only look can only look; and pages come though nobody else answers.</summary>
public sealed class PageRoleTests
{
    private const string Id = "INC-20260102030405-0123456789abcdef";
    private const string Secret = "a-token-that-is-long-enough-to-be-one";

    [Theory]
    [InlineData("acknowledge")]
    [InlineData("unacknowledge")]
    [InlineData("resolve")]
    [InlineData("note")]
    [InlineData("amend")]
    [InlineData("alerts/1/again")]
    public async Task A_viewer_who_posts_is_refused(string action)
    {
        await using var web = await RunningWebFront.Start(("Api:Tokens:eve:Hash", RunningWebFront.HashOf(Secret)), ("Api:Tokens:eve:Scope", "read"));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/incidents/{Id}/{action}") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Authorization = new("Bearer", Secret);

        using var answer = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_viewer_sees_no_form()
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var row = new IncidentRow
        {
            IncidentId = Id,
            IncidentKey = "0123456789abcdef",
            Status = "active",
            Severity = "critical",
            PeakSeverity = "critical",
            Title = "Disk",
        };
        var whole = new WholeIncident { Row = row, Series = [], SeriesCount = 0, Timeline = [], Alerts = [], Links = [], Earlier = Earlier.Of(default, []) };

        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<IncidentPage>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(IncidentPage.Viewer)] = new Viewer("eve", Scope.Read),
            [nameof(IncidentPage.Whole)] = whole,
        }))).ToHtmlString());

        Assert.Contains("Disk", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_system_page_comes_without_a_silo_and_without_a_database()
    {
        await using var web = await RunningWebFront.Start();

        var html = await web.Client.GetStringAsync(new Uri("/system", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("No silo answers.", html, StringComparison.Ordinal);
        Assert.Contains("No answer within two seconds.", html, StringComparison.Ordinal);
    }
}
