using System.Net;
using System.Net.Sockets;

namespace Incidents.TestKit;

/// <summary>Ports that nobody listens on. Below the range that outgoing connections take theirs from, so that none of
/// them gets there between the look and the use; never the same twice in one process.</summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;
    private static int _next = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _next) & int.MaxValue) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}
