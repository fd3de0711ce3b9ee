using System.Globalization;
using Incidents.Grains.Hosting;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>Refuses a server that would fail later: too old, or with packets smaller than one commit.</summary>
internal static class ServerCheck
{
    private static readonly Version OldestMySql = new(8, 0); // SKIP LOCKED, DESC indexes
    private static readonly Version OldestMariaDb = new(10, 6); // SKIP LOCKED

    /// <param name="largestPacket">In bytes, before escaping.</param>
    public static void Run(MySqlConnection connection, int largestPacket)
    {
        using var command = new MySqlCommand("SELECT VERSION(), @@max_allowed_packet", connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        CheckVersion(reader.GetString(0));
        CheckPacket(Convert.ToUInt64(reader.GetValue(1), CultureInfo.InvariantCulture), 4 * (ulong)largestPacket);
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

    internal static void CheckPacket(ulong bytes, ulong needed)
    {
        if (bytes < needed)
        {
            throw new StartupFailure(
                $"{IncidentsConnection.Setting}: the server's max_allowed_packet is {bytes}; set it to {needed} or "
                + "more in the server's configuration and restart it, or lower GroupCommit:MaxBytes to a quarter of it.");
        }
    }
}
