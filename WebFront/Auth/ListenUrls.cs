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

    public static bool IsUrl(string url) => Parse(url) is not null;

    public static bool IsLoopback(string url) => Parse(url) is { } address && Loopback.IsName(address.Host);

    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string[] Parts(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
