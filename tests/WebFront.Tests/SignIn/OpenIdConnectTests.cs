using System.Net;
using System.Net.Http.Json;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.SignIn;

/// <summary>People sign in at a real provider, from the page they wanted to the page they wanted.</summary>
public sealed class OpenIdConnectTests(SignInSystem system) : IClassFixture<SignInSystem>
{
    [Fact]
    public async Task Who_opens_a_page_is_led_to_the_door_and_after_it_to_the_page()
    {
        system.Provider.Person = ("dora", ["everybody", "platform"]);
        using var browser = new Browser(system.First);

        var door = await browser.Get("/audit?actor=a%26b");
        Assert.Equal((HttpStatusCode.OK, "/sign-in?return=%2Faudit%3Factor%3Da%2526b"), (door.Status, door.Address));
        Assert.Contains("href=\"/sign-in/start?return=%2Faudit%3Factor%3Da%2526b\"", door.Text, StringComparison.Ordinal);
        var page = await browser.Get("/sign-in/start?return=%2Faudit%3Factor%3Da%2526b");

        Assert.Equal((HttpStatusCode.OK, "/audit?actor=a%26b"), (page.Status, page.Address));
        Assert.Contains(">dora</span>", page.Text, StringComparison.Ordinal);
        Assert.Equal(["session 127.0.0.1 sign_in  done"], await system.Audit("dora"));
        Assert.True(browser.Session() is { HttpOnly: true, Value.Length: < 700 }, $"{browser.Session()}"); // none of the provider's tokens fits
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/sign-in?return=/")]
    public async Task After_the_door_nobody_is_led_elsewhere(string asked)
    {
        system.Provider.Person = ("ann", ["platform"]);
        using var browser = new Browser(system.First, follow: false);

        var away = await browser.Get($"/sign-in/start?return={Uri.EscapeDataString(asked)}");
        var back = await browser.Get(away.Location!);
        var end = await browser.Get(back.Location!);

        Assert.Equal((HttpStatusCode.Redirect, "/"), (end.Status, end.Location));
    }

    [Fact]
    public async Task Who_has_no_role_is_told_so_and_has_no_session()
    {
        system.Provider.Person = ("guest", ["everybody-else"]);
        using var browser = new Browser(system.First);

        var page = await browser.Get("/sign-in/start");

        Assert.Equal("/sign-in?why=no_role", page.Address);
        Assert.Contains("You have no role here", page.Text, StringComparison.Ordinal);
        Assert.Null(browser.Session());
        Assert.Equal(["session 127.0.0.1 sign_in  no_role"], await system.Audit("guest"));
    }

    [Fact]
    public async Task A_sign_in_that_fails_says_no_more_than_that()
    {
        using var browser = new Browser(system.First);
        system.Provider.Person = null;

        var refused = await browser.Get("/sign-in/start");
        var madeUp = await browser.Get("/sign-in/callback?code=x&state=y");

        Assert.Equal(("/sign-in?why=failed", "/sign-in?why=failed"), (refused.Address, madeUp.Address));
        Assert.DoesNotContain("a-detail-of-the-provider", refused.Text, StringComparison.Ordinal);
        Assert.Null(browser.Session());
    }

    [Fact]
    public async Task A_viewer_looks_and_does_nothing_and_a_responder_acts_under_their_name()
    {
        var incident = (await system.Shared.Accept("grafana/01_single_firing.json", Vary.NewName())).IncidentId;
        using var viewer = await system.SignedIn("vic", "everybody");
        using var responder = await system.SignedIn("rob", "everybody", "on-call");

        var looked = await viewer.Get($"/api/incidents/{incident}");
        Assert.True(looked.Status == HttpStatusCode.OK, looked.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, await Acknowledge(viewer, incident));
        Assert.Equal(HttpStatusCode.OK, await Acknowledge(responder, incident));
        var refused = await responder.Get("/audit");

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Your role does not allow this.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(["session 127.0.0.1 sign_in  done", $"session 127.0.0.1 acknowledge {incident} done"], await system.Audit("rob"));
        Assert.Equal("rob", (await system.Shared.Read($"/api/incidents/{incident}")).Text("acknowledged_by"));
    }

    [Fact]
    public async Task A_session_counts_at_every_WebFront_until_its_time_is_over()
    {
        using var browser = await system.SignedIn("eve", "platform");
        var second = new Uri(system.Second, "/tokens").AbsoluteUri;

        Assert.Equal((HttpStatusCode.OK, "/tokens"), await Page(second));
        system.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal((HttpStatusCode.OK, "/sign-in?return=%2Ftokens"), await Page(second));
        Assert.Equal((HttpStatusCode.OK, "/tokens"), await Page("/tokens"));

        async Task<(HttpStatusCode, string)> Page(string address) => await browser.Get(address) is var seen ? (seen.Status, seen.Address) : default;
    }

    [Fact]
    public async Task Who_signs_out_is_out()
    {
        using var browser = await system.SignedIn("sue", "platform");

        var left = await browser.Send("/tokens", "/sign-out", []);

        Assert.Equal((HttpStatusCode.OK, "/sign-in?why=signed_out"), (left.Status, left.Address));
        Assert.StartsWith("/sign-in?return=", (await browser.Get("/tokens")).Address, StringComparison.Ordinal);
        Assert.Equal(["session 127.0.0.1 sign_in  done", "session 127.0.0.1 sign_out  done"], await system.Audit("sue"));
    }

    [Fact]
    public async Task A_form_without_its_token_or_with_that_of_somebody_else_does_nothing()
    {
        using var ann = await system.SignedIn("amy", "platform");
        using var mallory = await system.SignedIn("mal", "platform");
        var name = Vary.NewName();
        (string, string)[] fields = [("name", name), ("scope", "admin"), ("days", "7")];

        var without = await ann.Send(null, "/tokens", fields);
        var foreign = await ann.Send(null, "/tokens", fields, await mallory.TokenOn("/tokens"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (without.Status, foreign.Status));
        Assert.Contains("This form is out of date", foreign.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(name, (await ann.Get("/tokens")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_protects_the_cookies_is_encrypted_in_the_database()
    {
        using var browser = await system.SignedIn("kay", "platform");

        var encrypted = await system.Shared.Database.Read<int>("SELECT COUNT(*) FROM data_protection_keys WHERE xml LIKE '%EncryptedXmlDecryptor%'");

        Assert.InRange(encrypted, 1, 2); // two WebFronts may both have made the first
    }

    private static async Task<HttpStatusCode> Acknowledge(Browser browser, string incident)
    {
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = browser.Cookies });
        using var answer = await client.PostAsJsonAsync(
            new Uri(browser.Address, $"/api/incidents/{incident}/acknowledge"), new { }, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
