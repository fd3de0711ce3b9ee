using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Due;

/// <summary>Ticks in every silo, so that the sweep survives any of them.</summary>
internal sealed partial class DueClock(
    IGrainFactory grains, IOptions<DueOptions> options, TimeProvider clock, ILogger<DueClock> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<IDueSweepGrain>(0).Sweep();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                // The clock outlives any failure: a hosted service that throws takes the host with it.
                LogMissed(exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A sweep was missed, the next one does its work: {Message}")]
    private partial void LogMissed(string message);
}
