using EvolveDb;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>What an administrator is told when the schema cannot be applied: one line, the setting, no secret.</summary>
internal static class MigrationFailure
{
    // The driver has no name for these two.
    private const int TriggerNeedsTrust = 1419; // "You do not have the SUPER privilege and binary logging is enabled"
    private const int AccessDeniedNoPassword = 1698;

    public static string Describe(Exception failure, MySqlConnectionStringBuilder settings) =>
        (Innermost(failure), failure) switch
        {
            (MySqlException e, _) => Describe(e, settings),
            (_, EvolveValidationException) => "A migration that was already applied has changed since: restore the file "
                + $"under sql/ and add a new one instead. {OneLine(failure.Message)}",
            _ => $"The schema could not be applied. {OneLine(failure.Message)}",
        };

    private static string Describe(MySqlException e, MySqlConnectionStringBuilder settings)
    {
        const string setting = IncidentsConnection.Setting;
        var server = $"{settings.Server}:{settings.Port}";
        return e.Number switch
        {
            TriggerNeedsTrust =>
                "The server refuses to create triggers for this user while its binary log is on (error 1419). As an "
                + "administrator run: SET GLOBAL log_bin_trust_function_creators = 1; (or grant the user SUPER) until the "
                + "schema is applied, then start again.",
            (int)MySqlErrorCode.AccessDenied or AccessDeniedNoPassword =>
                $"{setting}: {server} refuses user '{settings.UserID}' (wrong User ID or Password).",
            (int)MySqlErrorCode.DatabaseAccessDenied =>
                $"{setting}: user '{settings.UserID}' has no rights on database '{settings.Database}', or it does not exist.",
            (int)MySqlErrorCode.UnknownDatabase =>
                $"{setting}: there is no database '{settings.Database}' on {server}. Create it first.",
            (int)MySqlErrorCode.UnableToConnectToHost =>
                $"{setting}: no database server answers at {server}.",
            (int)MySqlErrorCode.TableAccessDenied or (int)MySqlErrorCode.SpecifiedAccessDeniedError =>
                $"{setting}: user '{settings.UserID}' needs all rights on database '{settings.Database}'. {OneLine(e.Message)}",
            _ => $"{setting}: the schema could not be applied on {server}. {OneLine(e.Message)} (error {e.Number})",
        };
    }

    private static Exception Innermost(Exception e) =>
        e is MySqlException || e.InnerException is null ? e : Innermost(e.InnerException);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
