using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MySqlConnector;

namespace Incidents.Benchmarks.Storms;

/// <summary>Options that several commands have. Secrets are named, never given: everyone on a machine reads arguments.</summary>
internal static class Settings
{
    public static Option<string> DatabaseEnv { get; } = new("--database-env")
    {
        Description = "environment variable with the connection string of the database to audit",
        DefaultValueFactory = static _ => "ConnectionStrings__Incidents",
    };

    public static Option<TimeSpan> DrainWithin { get; } = Seconds(
        "--drain-within", 60, "seconds to wait until alerts that were answered as pending are stored");

    public static Option<bool> WithStrangers { get; } = new("--with-strangers")
    {
        Description = "the database also holds alerts that others sent",
    };

    public static Option<FileInfo?> Marks { get; } = new("--marks")
    {
        Description = "file with lines `TIME TEXT` (ISO 8601) of what was done to the service meanwhile; may grow while the storm runs",
    };

    public static Option<TimeSpan> Seconds(string name, double seconds, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => TimeSpan.FromSeconds(seconds),
        CustomParser = static result => TimeSpan.FromSeconds(Number(result)),
    };

    public static string? Environment(string variable) => System.Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    public static async Task<MySqlConnection> Open(string variable, CancellationToken cancel)
    {
        var connection = new MySqlConnection(Environment(variable)
            ?? throw new InvalidOperationException($"The environment variable {variable} names no database to audit."));
        await connection.OpenAsync(cancel);
        return connection;
    }

    private static double Number(ArgumentResult result)
    {
        var text = result.Tokens[0].Value.TrimEnd('s');
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0)
        {
            return number;
        }

        result.AddError($"'{result.Tokens[0].Value}' is no number of seconds.");
        return 0;
    }
}
