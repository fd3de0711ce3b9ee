using System.Net;
using System.Net.Http.Headers;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Pages;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Tests.Auth;
using Incidents.WebFront.Tests.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Incidents.WebFront.Tests.Pages;

public sealed class IncidentLineTests
{
    private static readonly DateTime Seen = new(2026, 11, 20, 2, 15, 30, DateTimeKind.Utc);

    private static readonly IncidentRow Row = new()
    {
        IncidentId = "INC-20260102030405-0123456789abcdef",
        IncidentKey = "0123456789abcdef",
        Status = "active",
        Severity = "critical",
        PeakSeverity = "critical",
        Title = "HighErrorRate",
        FirstSeenAt = Seen,
        LastSeenAt = Seen,
        Revision = 7,
        Change = 12,
    };

    [Theory]
    [InlineData("</td></tr><script>alert(1)</script>")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("gnp.‮exe")]
    public async Task Whatever_a_title_is_it_is_text(string title)
    {
        var line = await Render(Row with { Title = title, Service = title, Severity = title });

        Assert.DoesNotContain("<script", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onmouseover", line, StringComparison.Ordinal);
        Assert.Contains("class=\"line severity-other\"", line, StringComparison.Ordinal);
        // What turns the writing round ends where the title does.
        Assert.Matches("<bdi>[^<]*</bdi>", line);
    }

    [Fact]
    public async Task Who_may_only_look_has_neither_buttons_nor_boxes()
    {
        var line = await Render(Row, canAct: false);

        Assert.DoesNotContain("<button", line, StringComparison.Ordinal);
        Assert.DoesNotContain("<input", line, StringComparison.Ordinal);
        Assert.Contains("HighErrorRate", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("active", true, true)]
    [InlineData("acknowledged", false, true)]
    [InlineData("resolved", false, false)]
    public async Task It_offers_what_can_still_be_done(string status, bool acknowledge, bool resolve)
    {
        var line = await Render(Row with { Status = status });

        Assert.Equal((acknowledge, resolve), (line.Contains(">Acknowledge<", StringComparison.Ordinal), line.Contains(">Resolve<", StringComparison.Ordinal)));
        Assert.Contains($"data-change=\"{Row.Change}\" data-revision=\"{Row.Revision}\"", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/acknowledge")]
    [InlineData("/bulk")]
    [InlineData("/bulk/confirm")]
    public async Task Who_may_only_look_is_refused_whatever_they_send(string path)
    {
        await using var web = await RunningWebFront.Start(ApiTokenHttpTests.Tokens);
        web.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiTokenHttpTests.TokenOf("read"));

        using var answer = await web.Post(path, "incident=x", "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public void A_press_is_one_command_and_another_persons_is_another()
    {
        Assert.True(IncidentId.TryParse(Row.IncidentId, out var id));
        var page = Guid.NewGuid();
        var press = PressId.Of(page, CommandKind.Acknowledge, id, 7);

        Assert.Equal(press, PressId.Of(page, CommandKind.Acknowledge, id, 7));
        Assert.NotEqual(press, PressId.Of(Guid.NewGuid(), CommandKind.Acknowledge, id, 7));
        Assert.NotEqual(press, PressId.Of(page, CommandKind.Acknowledge, id, 8));
        Assert.NotEqual(press, PressId.Of(page, CommandKind.Resolve, id, 7));
    }

    [Fact]
    public void What_is_empty_is_no_filter_and_what_is_unknown_is_named()
    {
        var address = ListAddress.Of(new QueryCollection(new Dictionary<string, StringValues>
        {
            ["service"] = new(["a, b", "", "a"]),
            ["text"] = " x,y ",
            ["rule"] = "",
            ["cursor"] = "c",
            ["clutser"] = "z",
        }));

        Assert.Equal("/?service=a&service=b&text=x,y&cursor=c", Uri.UnescapeDataString(address.ToString()));
        Assert.Equal("/?service=b&text=x,y", Uri.UnescapeDataString(address.Without(new ListSetting("service", "a")).ToString()));
        Assert.Equal(["clutser"], address.Unknown);
        Assert.Equal(3, address.Filters.Count());
    }

    private static async Task<string> Render(IncidentRow row, bool canAct = true)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<IncidentLine>(
            ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(IncidentLine.Row)] = row, [nameof(IncidentLine.CanAct)] = canAct })))
            .ToHtmlString());
    }
}
