using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.WebFront.Hosting;

/// <summary>Where MySQL is: <c>ConnectionStrings:Incidents</c>.</summary>
/// <summary>Section <c>ConnectionStrings</c>.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "ConnectionStrings";

    [Required(ErrorMessage = "ConnectionStrings:Incidents must be set: "
        + "Server=HOST;Port=3306;Database=incidents;User ID=USER;Password=PASSWORD.")]
    public string Incidents { get; set; } = string.Empty;
}

[OptionsValidator]
internal sealed partial class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>;

internal static class Database
{
    private const uint TimeoutSeconds = 5;

    public static void AddDatabase(this IServiceCollection services)
    {
        services.AddOptions<DatabaseOptions>()
            .BindConfiguration(DatabaseOptions.Section)
            .Validate(
                static options => Parse(options.Incidents) is not null,
                "ConnectionStrings:Incidents must be a MySQL connection string: "
                + "Server=HOST;Port=3306;Database=incidents;User ID=USER;Password=PASSWORD.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services.AddSingleton(static provider =>
        {
            var text = provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Incidents;
            return new MySqlDataSource(Parse(text)!.ConnectionString);
        });
    }

    /// <summary>Short timeouts: a page that waits is worse than one that says the database is away. Null when it is
    /// not a connection string; the reason could quote a password.</summary>
    private static MySqlConnectionStringBuilder? Parse(string text)
    {
        try
        {
            return new(text)
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
