using System.Net;
using Incidents.WebFront.Auth.SignIn;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth.Proxies;

/// <summary>Section <c>Proxies</c>: the proxies in front. Their word counts for where a call comes from, and with
/// <c>SignIn:Mode=proxy</c> for who calls.</summary>
internal sealed class ProxiesOptions
{
    public const string Section = "Proxies";

    /// <summary>Their addresses, such as <c>10.0.0.7/32</c>.</summary>
    public IList<string> Networks { get; init; } = [];
}

internal sealed class ProxiesValidator(IOptions<SignInOptions> signIn, IOptions<ApiOptions> api) : IValidateOptions<ProxiesOptions>
{
    private const int Widest = 8;

    public ValidateOptionsResult Validate(string? name, ProxiesOptions options)
    {
        List<string> problems =
        [
            .. options.Networks.Index()
                .Where(static one => !IPNetwork.TryParse(one.Item, out var network) || network.PrefixLength < Widest)
                .Select(static one => $"Proxies:Networks:{one.Index} must be a network such as 10.0.0.7/32, and no wider than /{Widest}: "
                    + "everybody in it can say who and where they are."),
        ];
        if (options.Networks.Count > 0 && SignInModes.Parse(signIn.Value.Mode) == SignInMode.None && api.Value.Tokens.Count == 0)
        {
            problems.Add("Proxies:Networks needs SignIn:Mode or Api:Tokens: without them the API is for this machine only, and nobody "
                + "comes to it through a proxy.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}

internal static class ProxyNetworks
{
    /// <summary>Those that can be read; the validator says which cannot.</summary>
    public static List<IPNetwork> Of(IConfiguration configuration) =>
    [
        .. configuration.GetSection($"{ProxiesOptions.Section}:{nameof(ProxiesOptions.Networks)}").GetChildren()
            .Select(static one => IPNetwork.TryParse(one.Value, out var network) ? (IPNetwork?)network : null)
            .OfType<IPNetwork>(),
    ];
}
