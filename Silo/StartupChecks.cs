using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Incidents.Grains.Hosting;
using Incidents.Settings;
using Microsoft.Extensions.Options;

namespace Incidents.Silo;

/// <summary>Turns what would end in a stack trace while the host starts into one line that names the setting.</summary>
internal static class StartupChecks
{
    public static void RequirePorts(WebApplication app)
    {
        var address = Address(app.Configuration);
        foreach (var which in (string[])["Silo", "Gateway"])
        {
            var port = Port(app.Configuration, $"Orleans:Endpoints:{which}Port");
            var setting = $"Orleans:Endpoints:{which}ListeningEndpoint"; // where others reach it may be another place
            if (app.Configuration[setting] is { Length: > 0 } text)
            {
                var place = IPEndPoint.TryParse(text, out var read) && read.Port > 0
                    ? read
                    : throw new StartupFailure($"{setting}: '{text}' is no address with a port, such as 0.0.0.0:11111.");
                CheckFree(setting, place.Address, place.Port);
            }
            else
            {
                CheckFree($"Orleans:Endpoints:{which}Port", address, port);
            }
        }

        if (Port(app.Configuration, "Orleans:Endpoints:SiloPort") == Port(app.Configuration, "Orleans:Endpoints:GatewayPort"))
        {
            throw new StartupFailure("Orleans:Endpoints:SiloPort and Orleans:Endpoints:GatewayPort must differ.");
        }

        foreach (var setting in (string[])["Orleans:ClusterId", "Orleans:ServiceId"])
        {
            if (string.IsNullOrWhiteSpace(app.Configuration[setting]))
            {
                throw new StartupFailure($"{setting} must not be empty.");
            }
        }

        foreach (var url in (app.Configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            CheckUrl(url.Trim());
        }
    }

    /// <exception cref="StartupFailure">With every setting to change.</exception>
    public static void ValidateOptions(WebApplication app)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
        }
        catch (Exception e) when (StartFaults.Of(e) is { } faults)
        {
            throw new StartupFailure(string.Join(' ', faults));
        }
    }

    // Orleans reads both settings too, and takes its default for what it cannot read.
    private static IPAddress Address(IConfiguration configuration) =>
        IPAddress.TryParse(configuration["Orleans:Endpoints:AdvertisedIPAddress"], out var address)
            ? address
            : throw new StartupFailure("Orleans:Endpoints:AdvertisedIPAddress is not an IP address.");

    private static int Port(IConfiguration configuration, string setting) =>
        ushort.TryParse(configuration[setting], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port
            : throw new StartupFailure($"{setting}: '{configuration[setting]}' is not a port number.");

    private static void CheckUrl(string url)
    {
        if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0").Replace("//+", "//0.0.0.0"), UriKind.Absolute, out var uri))
        {
            throw new StartupFailure($"Urls: '{url}' is not an address such as http://127.0.0.1:8081.");
        }

        var address = IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback;
        CheckFree("Urls", address, uri.Port);
    }

    private static void CheckFree(string setting, IPAddress address, int port)
    {
        if (port == 0)
        {
            return; // any free one, or none
        }

        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new StartupFailure($"{setting}: cannot listen on {address}:{port} ({e.SocketErrorCode}).");
        }
    }
}
