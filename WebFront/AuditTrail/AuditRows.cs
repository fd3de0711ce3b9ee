using Dapper;
using MySqlConnector;

namespace Incidents.WebFront.AuditTrail;

/// <summary>The statements that write <c>audit</c>.</summary>
internal static class AuditRows
{
    private const string Insert =
        """
        INSERT INTO audit (at, actor, said_by, via, remote_address, action, target, outcome, detail)
        VALUES (@At, @Actor, @SaidBy, @Via, @Address, @Action, @Target, @Outcome, @Detail)
        """;

    private const string Settlement = "UPDATE audit SET outcome = @outcome WHERE audit_id = @id";

    /// <returns>The row's number.</returns>
    public static async Task<long> Add(MySqlConnection connection, MySqlTransaction? transaction, AuditEntry entry, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(Insert, connection, transaction);
        command.Parameters.AddWithValue("@At", entry.At.UtcDateTime);
        command.Parameters.AddWithValue("@Actor", entry.Actor);
        command.Parameters.AddWithValue("@SaidBy", entry.SaidBy);
        command.Parameters.AddWithValue("@Via", entry.Origin.Via.Text());
        command.Parameters.AddWithValue("@Address", entry.Origin.Address);
        command.Parameters.AddWithValue("@Action", entry.Action);
        command.Parameters.AddWithValue("@Target", entry.Target);
        command.Parameters.AddWithValue("@Outcome", entry.Outcome);
        command.Parameters.AddWithValue("@Detail", entry.Detail);
        await command.ExecuteNonQueryAsync(cancel);
        return command.LastInsertedId;
    }

    public static Task Settle(MySqlConnection connection, long id, string outcome, CancellationToken cancel) =>
        connection.ExecuteAsync(new(Settlement, new { id, outcome }, cancellationToken: cancel));
}
