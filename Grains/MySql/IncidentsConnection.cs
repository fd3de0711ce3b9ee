using Incidents.Grains.Hosting;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>The one connection string, with what the code relies on set over what it says.</summary>
internal static class IncidentsConnection
{
    /// <summary>Its name under <c>ConnectionStrings</c>.</summary>
    public const string Name = "Incidents";

    /// <summary>How messages call it.</summary>
    public const string Setting = "ConnectionStrings:Incidents";

    public static MySqlConnectionStringBuilder Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new StartupFailure(
                $"{Setting} is not set. Example: Server=127.0.0.1;Database=incidents;User ID=incidents;Password=...");
        }

        var connection = Read(text);
        if (connection.Server.Length == 0 || connection.Database.Length == 0)
        {
            throw new StartupFailure($"{Setting} must name a Server and a Database.");
        }

        connection.ApplicationName = "incidents";
        connection.CharacterSet = "utf8mb4";
        connection.DateTimeKind = MySqlDateTimeKind.Utc;
        connection.GuidFormat = MySqlGuidFormat.None; // ids are written as bytes, big-endian
        connection.UseAffectedRows = false; // the fence counts rows found; Orleans' membership does too
        connection.AllowUserVariables = false;
        connection.ConnectionReset = true; // rolls back what an aborted packet left open
        connection.ConnectionTimeout = 5;
        connection.DefaultCommandTimeout = 10;
        connection.Keepalive = 10;
        return connection;
    }

    private static MySqlConnectionStringBuilder Read(string text)
    {
        try
        {
            return new(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            // Not the message: it may quote the text, and the text holds the password.
            throw new StartupFailure($"{Setting} is not a MySQL connection string.");
        }
    }
}
