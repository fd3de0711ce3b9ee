using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.WebFront.Hosting;

/// <summary>Where MySQL is. Section <c>ConnectionStrings</c>.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "ConnectionStrings";

    [Required(ErrorMessage = "ConnectionStrings:Incidents must be set: " + Database.Example)]
    public string Incidents { get; set; } = string.Empty;

    /// <summary>For lists and details; may be a replica. Default: as <see cref="Incidents"/>.</summary>
    public string? IncidentsReadOnly { get; set; }
}

[OptionsValidator]
internal sealed partial class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>;

internal static class Database
{
    public const string Example = "Server=HOST;Port=3306;Database=incidents;User ID=USER;Password=PASSWORD.";

    /// <summary>Names the <see cref="ReadDatabase"/> that never lags.</summary>
    public const string Main = "main";

    private const uint TimeoutSeconds = 5;

    public static void AddDatabase(this IServiceCollection services)
    {
        services.AddOptions<DatabaseOptions>()
            .BindConfiguration(DatabaseOptions.Section)
            .Validate(
                static options => options.Incidents.Length == 0 || Parse(options.Incidents) is not null,
                "ConnectionStrings:Incidents must be a MySQL connection string: " + Example)
            .Validate(
                static options => string.IsNullOrEmpty(options.IncidentsReadOnly) || Parse(options.IncidentsReadOnly) is not null,
                "ConnectionStrings:IncidentsReadOnly must be a MySQL connection string, or not set: " + Example)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services.AddSingleton(static provider => new MySqlDataSource(Parse(Options(provider).Incidents)!.ConnectionString));
        services.AddSingleton(static provider =>
        {
            var options = Options(provider);
            var text = string.IsNullOrEmpty(options.IncidentsReadOnly) ? options.Incidents : options.IncidentsReadOnly;
            return new ReadDatabase(Parse(text)!.ConnectionString);
        });
        services.AddKeyedSingleton(Main, static (provider, _) => new ReadDatabase(Parse(Options(provider).Incidents)!.ConnectionString));
    }

    private static DatabaseOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;

    /// <summary>Short timeouts: a page that waits is worse than one that says the database is away. Null when it is
    /// not a connection string, or names no server or database; the reason could quote a password.</summary>
    private static MySqlConnectionStringBuilder? Parse(string text)
    {
        try
        {
            var given = new MySqlConnectionStringBuilder(text);
            return given.Server.Length == 0 || given.Database.Length == 0 ? null : new(text)
            {
                ConnectionTimeout = TimeoutSeconds,
                DefaultCommandTimeout = TimeoutSeconds,
                DateTimeKind = MySqlDateTimeKind.Utc,
                ApplicationName = "incidents-web",
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
