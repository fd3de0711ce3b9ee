using System.Security.Claims;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Auth.SignIn;
using Incidents.WebFront.Pages.SignIn;

namespace Incidents.WebFront.Tests.SignIn;

/// <summary>Who somebody is, what they may do, and where they go.</summary>
public sealed class WhoTests
{
    [Theory]
    [InlineData("ann", "ann")]
    [InlineData(" ann\r\nlee ", "ann lee")]
    [InlineData("exe\u202egnp", "exegnp")]
    [InlineData("ceo (Slack U000BOSS)", "ceo [Slack U000BOSS)")]
    [InlineData("Local", "Local (signed in)")]
    [InlineData(" \n", null)]
    [InlineData(null, null)]
    public void A_name_does_not_look_like_what_it_is_not(string? given, string? name) => Assert.Equal(name, PersonName.Of(given));

    [Theory]
    [InlineData(null, "preferred_username=ann|email=a@b|sub=1", "ann")]
    [InlineData(null, "preferred_username= |email=a@b|sub=1", "a@b")]
    [InlineData(null, "sub=1", "1")]
    [InlineData("upn", "upn=ann@corp|preferred_username=x|sub=1", "ann@corp")]
    [InlineData("upn", "preferred_username=x|sub=1", "1")]
    public void People_are_named_by_the_first_claim_that_says_something(string? claim, string claims, string name)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity(claims.Split('|').Select(static one => new Claim(one.Split('=')[0], one.Split('=')[1]))));

        Assert.Equal(name, OpenIdEvents.NameOf(user, new() { NameClaim = claim }));
    }

    [Theory]
    [InlineData("v", null, Scope.Read)]
    [InlineData("v,a,r", null, Scope.Admin)]
    [InlineData("r,v", null, Scope.Act)]
    [InlineData("V", null, null)]
    [InlineData("x", null, null)]
    [InlineData("x", "responder", Scope.Act)]
    [InlineData("a", "viewer", Scope.Admin)]
    public void The_largest_role_counts(string groups, string? standard, Scope? scope) => Assert.Equal(
        scope, Roles.Of(groups.Split(','), new() { DefaultRole = standard, Roles = new() { Viewer = ["v"], Responder = ["r"], Admin = ["a"] } }));

    [Theory]
    [InlineData("/incidents/INC-1?a=b#c", "/incidents/INC-1?a=b#c")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    [InlineData("incidents", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/Sign-In/start", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\uC778?x=\uAE40", "/")]
    public void Nobody_is_led_out_of_the_house(string? asked, string path) => Assert.Equal(path, ReturnPath.Of(asked));
}
