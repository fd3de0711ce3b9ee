using MySqlConnector;

namespace Incidents.WebFront.AuditTrail;

/// <summary>Writes down what people do, before it is done: what cannot be written down is not done.</summary>
internal sealed partial class AuditLog(MySqlDataSource database, TimeProvider clock, ILogger<AuditLog> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(2);

    /// <summary>Again and again until it is written: the database may be away for a moment.</summary>
    /// <returns>The row's number; null when it could not be written until the deadline.</returns>
    public async Task<long?> Write(AuditEntry entry, CancellationToken deadline)
    {
        try
        {
            while (true)
            {
                try
                {
                    await using var connection = await database.OpenConnectionAsync(deadline);
                    return await AuditRows.Add(connection, null, entry, deadline);
                }
                catch (Exception e) when (e is MySqlException or IOException)
                {
                    await Task.Delay(Pause, clock, deadline);
                }
            }
        }
        catch (OperationCanceledException)
        {
            LogNotWritten(entry.Action, entry.Target);
            return null;
        }
    }

    /// <summary>Says what came of it. When that cannot be written the row goes on saying that it was asked for, which is
    /// true as well.</summary>
    public async Task Settle(long id, string outcome)
    {
        using var deadline = new CancellationTokenSource(SettleWithin, clock);
        try
        {
            await using var connection = await database.OpenConnectionAsync(deadline.Token);
            await AuditRows.Settle(connection, id, outcome, deadline.Token);
        }
        catch (Exception e) when (e is MySqlException or IOException or OperationCanceledException)
        {
            LogNotSettled(id, outcome);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Action} of {Target} was not carried out: it cannot be written to the audit now")]
    private partial void LogNotWritten(string action, string target);

    [LoggerMessage(LogLevel.Warning, "The audit's row {Id} goes on saying that it was asked for; what came of it: {Outcome}")]
    private partial void LogNotSettled(long id, string outcome);
}
