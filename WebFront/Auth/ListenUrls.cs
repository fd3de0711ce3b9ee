using Incidents.WebFront.Webhooks;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth;

/// <summary>Where the service will listen, by the settings that ASP.NET Core looks at, in its order.</summary>
internal static class ListenUrls
{
    public const string Standard = "http://127.0.0.1:8080";

    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        string[] endpoints =
        [
            .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(static e => e["Url"]).OfType<string>(),
        ];
        // Which of them win depends on further settings: all are looked at.
        string[] urls = [.. endpoints, .. Parts(configuration[WebHostDefaults.ServerUrlsKey])];
        return urls.Length > 0 ? urls : [.. Ports("http"), .. Ports("https")];

        IEnumerable<string> Ports(string scheme) =>
            Parts(configuration[$"{scheme}_ports"]).Select(port => $"{scheme}://*:{port}");
    }

    public static bool IsLoopback(string url)
    {
        try
        {
            return Loopback.IsName(BindingAddress.Parse(url).Host);
        }
        catch (FormatException)
        {
            return false; // Kestrel says what is wrong with it.
        }
    }

    private static string[] Parts(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

/// <summary>Stops the start when the network could reach webhooks that nothing guards.</summary>
internal sealed class ExposureValidator(IConfiguration configuration) : IValidateOptions<WebhookOptions>
{
    private bool ForwardedHeaders => string.Equals(
        configuration["FORWARDEDHEADERS_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);

    public ValidateOptionsResult Validate(string? name, WebhookOptions options) => ForwardedHeaders
        ? ValidateOptionsResult.Fail(
            "FORWARDEDHEADERS_ENABLED must not be set: it takes a caller's word for where the call comes from, and what has "
            + "no credentials is for this machine only.")
        : options.Tokens.Count > 0 || !string.IsNullOrEmpty(options.TokenFile)
            || ListenUrls.Of(configuration).All(ListenUrls.IsLoopback)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Listening beyond this machine needs webhook tokens: set Webhooks:TokenFile or Webhooks:Tokens, "
                + $"or listen on {ListenUrls.Standard}.");
}
