using Incidents.Grains.MySql;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.Grains.Counts;

/// <summary>Keeps <c>incident_count_changes</c> short. In every silo: those that fold at once take different rows.
/// Whoever reads adds both tables up, so a fold that is late or fails makes no count wrong.</summary>
internal sealed partial class CountFolder(
    MySqlDataSource database, IOptions<CountOptions> options, TimeProvider clock, ILogger<CountFolder> logger)
    : BackgroundService
{
    private long? _checked;

    /// <summary>Folds until less is left than one fold takes.</summary>
    public async Task Fold(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        while (await CountRows.Fold(connection, options.Value.MaxAtOnce, cancellation) == options.Value.MaxAtOnce)
        {
            // The next ones.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.FoldEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Fold(stoppingToken);
                await Check(stoppingToken);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                // It outlives any failure: a hosted service that throws takes the host with it.
                LogMissed(exception.Message);
            }
        }
    }

    /// <summary>Soon after the start too: silos from before there were counts may have written until then.</summary>
    private async Task Check(CancellationToken cancellation)
    {
        if (_checked is { } last && clock.GetElapsedTime(last) < options.Value.CheckEvery)
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (await CountRows.Mend(connection, cancellation) is var wrong and > 0)
        {
            LogMended(wrong);
        }

        _checked = clock.GetTimestamp();
    }

    [LoggerMessage(LogLevel.Warning, "{Kinds} counts of incidents were not what the incidents are, and were put right")]
    private partial void LogMended(int kinds);

    [LoggerMessage(LogLevel.Warning, "Counts were not folded, the next time does it: {Message}")]
    private partial void LogMissed(string message);
}
