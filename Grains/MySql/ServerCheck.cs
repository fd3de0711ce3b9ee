using System.Globalization;
using Incidents.Grains.Hosting;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>Refuses a server that would fail later: too old, or with packets smaller than one commit.</summary>
internal static class ServerCheck
{
    private const ulong NeededPacket = 4 << 20; // bytes; one commit is one packet

    private static readonly Version OldestMySql = new(8, 0); // SKIP LOCKED, DESC indexes
    private static readonly Version OldestMariaDb = new(10, 6); // SKIP LOCKED

    public static void Run(MySqlConnection connection)
    {
        using var command = new MySqlCommand("SELECT VERSION(), @@max_allowed_packet", connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        CheckVersion(reader.GetString(0));
        CheckPacket(Convert.ToUInt64(reader.GetValue(1), CultureInfo.InvariantCulture));
    }

    internal static void CheckVersion(string text)
    {
        var (product, oldest) = text.Contains("MariaDB", StringComparison.OrdinalIgnoreCase)
            ? ("MariaDB", OldestMariaDb)
            : ("MySQL", OldestMySql);
        var digits = new string([.. text.TakeWhile(static c => char.IsAsciiDigit(c) || c == '.')]);
        if (!Version.TryParse(digits.TrimEnd('.'), out var version) || version < oldest)
        {
            throw new StartupFailure(
                $"{IncidentsConnection.Setting}: the server is {text}; needed is {product} {oldest} or newer.");
        }
    }

    internal static void CheckPacket(ulong bytes)
    {
        if (bytes < NeededPacket)
        {
            throw new StartupFailure(
                $"{IncidentsConnection.Setting}: the server's max_allowed_packet is {bytes}; set it to {NeededPacket} "
                + "(4 MiB) or more in the server's configuration and restart it.");
        }
    }
}
