using Incidents.WebFront.Auth;
using Incidents.WebFront.Tests.Http;
using Incidents.WebFront.Tests.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Incidents.WebFront.Tests.Auth;

public sealed class EndpointRuleTests
{
    [Fact]
    public async Task Every_endpoint_says_who_may_call_it()
    {
        await using var app = RunningWebFront.Build([.. SignInSettingTests.OidcAt("http://127.0.0.1:1"), ("Dashboard:Enabled", "true")]);
        var endpoints = RunningWebFront.EndpointsOf(app).ToList();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, static endpoint =>
        {
            var rule = endpoint.Metadata.GetMetadata<AccessRule>();
            Assert.NotNull(rule);
            Assert.Equal(rule.Needs is null, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
        });
    }

    [Fact]
    public async Task Without_credentials_nothing_is_reached_but_health_the_door_assets_and_what_has_gates_of_its_own()
    {
        await using var app = RunningWebFront.Build([.. SignInSettingTests.OidcAt("http://127.0.0.1:1"), ("Dashboard:Enabled", "true")]);

        var open = RunningWebFront.EndpointsOf(app).Where(static endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);

        Assert.Equal(
            [
                "/assets/{version}/{name}", "/health/live", "/health/ready", "/sign-in", "/sign-in/start", "/slack/interactions",
                "/webhook/alertmanager", "/webhook/grafana",
            ],
            open.Select(static endpoint => endpoint.RoutePattern.RawText!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("without-rule", null, 401)]
    [InlineData("without-rule", "admin", 403)]
    [InlineData("group/inner", "act", 403)]
    [InlineData("group/inner", "admin", 200)]
    public async Task What_has_no_rule_is_shut_and_the_innermost_rule_counts(string path, string? name, int status)
    {
        await using var app = RunningWebFront.Build(ApiTokenHttpTests.Tokens);
        app.MapGet("/without-rule", static () => "reached");
        app.MapGroup("/group").Needs(Scope.Read).MapGet("inner", static () => "reached").Needs(Scope.Admin);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = name is null ? null : new("Bearer", ApiTokenHttpTests.TokenOf(name));

        var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
    }
}
