using Incidents.Grains.Domain;
using Incidents.Grains.Due;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.Grains;

/// <summary>Finds what is due in an index and pokes its grain, which decides. Nothing is lost with a silo, and no
/// incident needs a reminder of its own.</summary>
[GrainType("due-sweep")]
internal sealed partial class DueSweepGrain(
    MySqlDataSource database,
    IOptions<DueOptions> options,
    OpenIncidents open,
    TimeProvider clock,
    ILogger<DueSweepGrain> logger) : Grain, IDueSweepGrain
{
    private DateTimeOffset _last;

    public async Task Sweep()
    {
        var now = clock.GetUtcNow().ToMicroseconds();
        if (now - _last < options.Value.Every / 2)
        {
            return; // another silo's clock ticked just before
        }

        _last = now;
        await open.Read();
        try
        {
            var due = await ReadDue(now);
            await Task.WhenAll(due.Select(key => GrainFactory.GetGrain<IIncidentKeyGrain>(key.Value).Review()));
        }
        catch (MySqlException exception)
        {
            LogUnavailable(exception.Message);
        }
    }

    /// <summary>By idx_due.</summary>
    private async Task<List<IncidentKey>> ReadDue(DateTimeOffset now)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new SqlPacket()
            .Sql("SELECT incident_key FROM incidents WHERE due_at <= ")
            .Each([now], "?", static (time, row) => row.Add(time))
            .Sql(" ORDER BY due_at LIMIT ").Sql(options.Value.MaxAtOnce)
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync();
        var due = new List<IncidentKey>();
        while (await reader.ReadAsync())
        {
            due.Add(new ColumnReader(reader).IncidentKey());
        }

        return due;
    }

    [LoggerMessage(LogLevel.Warning, "What is due cannot be read now: {Message}")]
    private partial void LogUnavailable(string message);
}
