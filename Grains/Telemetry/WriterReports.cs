using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Incidents.Grains.Telemetry;

/// <summary>Tells how this silo's writer does, for the page of the system and the dashboard.</summary>
internal sealed partial class WriterReports(
    IGrainFactory grains, IncidentInstruments instruments, ILocalSiloDetails silo, TimeProvider clock, ILogger<WriterReports> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<IWritersGrain>(0).Report(instruments.Writer.View(silo.Name, clock.GetUtcNow()));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                // A hosted service that throws takes the host with it, and this is only for show.
                LogMissed(exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "Nobody was told about this writer: {Message}")]
    private partial void LogMissed(string message);
}
