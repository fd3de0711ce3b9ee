using System.Net;
using System.Text.RegularExpressions;
using Incidents.WebFront.Tests.SignIn;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Tokens;

/// <summary>An administrator makes a token on the page; programs use it.</summary>
public sealed partial class TokenPageTests(SharedSystem shared)
{
    [Fact]
    public async Task A_token_is_shown_once_opens_the_API_and_is_revoked_at_once()
    {
        var system = await shared.Get();
        using var admin = new Browser(system.Client.BaseAddress!);
        var name = Vary.NewName();
        var incident = (await system.Accept("grafana/01_single_firing.json", Vary.NewName())).IncidentId;

        var made = await admin.Send("/tokens", "/tokens", [("name", name), ("scope", "act"), ("days", "30")]);
        var token = Secret().Match(made.Text).Value;
        Assert.Equal((HttpStatusCode.OK, "/tokens", 47), (made.Status, made.Address, token.Length));
        var listed = await admin.Get("/tokens");
        Assert.Contains(name, listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("inc_", listed.Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await Call(HttpMethod.Post, $"/api/incidents/{incident}/acknowledge"));
        Assert.Equal(HttpStatusCode.Forbidden, await Call(HttpMethod.Get, "/audit"));
        var revoked = await admin.Send("/tokens", "/tokens/revoke", [("name", name)]);
        Assert.Contains($"No token {name} made here opens the API any more.", revoked.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(HttpMethod.Get, "/api/incidents"));

        Assert.Equal(
            [
                $"local local 127.0.0.1 make_token {name} done act, 30 days", $"{name} token 127.0.0.1 acknowledge {incident} done",
                $"local local 127.0.0.1 revoke_token {name} done",
            ],
            (await system.Database.Rows(
                "SELECT CONCAT_WS(' ', actor, via, remote_address, action, target, outcome, IF(detail LIKE 'command %', NULL, detail)) FROM audit "
                + "WHERE target IN (?, ?) ORDER BY audit_id", name, incident)).ConvertAll(static row => (string)row[0]!));

        async Task<HttpStatusCode> Call(HttpMethod method, string path)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new("Bearer", token);
            request.Content = method == HttpMethod.Post ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json") : null;
            using var answer = await system.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_name_is_of_one_living_token()
    {
        var system = await shared.Get();
        using var admin = new Browser(system.Client.BaseAddress!);
        var name = Vary.NewName();

        await Make(name);
        var again = await Make(name.ToUpperInvariant());
        await admin.Send("/tokens", "/tokens/revoke", [("name", name)]);
        var after = await Make(name);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (again.Status, after.Status));
        Assert.Contains("There is a token of this name.", again.Text, StringComparison.Ordinal);

        Task<Seen> Make(string called) => admin.Send("/tokens", "/tokens", [("name", called), ("scope", "read"), ("days", "7")]);
    }

    [Theory]
    [InlineData("a b", "read", "7", "A name has")]
    [InlineData("local", "read", "7", "A name has")]
    [InlineData("", "read", "7", "A name has")]
    [InlineData("sound", "root", "7", "Choose what it may do")]
    [InlineData("sound", "read", "3650", "Choose what it may do")]
    [InlineData("sound", "read", "", "Choose what it may do")]
    public async Task What_the_form_does_not_offer_is_not_made(string name, string scope, string days, string said)
    {
        using var admin = new Browser((await shared.Get()).Client.BaseAddress!);

        var answer = await admin.Send("/tokens", "/tokens", [("name", name), ("scope", scope), ("days", days)]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("inc_[A-Za-z0-9_-]+")]
    private static partial Regex Secret();
}
