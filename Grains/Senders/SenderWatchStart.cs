using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Incidents.Grains.Senders;

/// <summary>Every silo that starts makes sure that the watch has its reminder; from then on the cluster wakes it.</summary>
internal sealed partial class SenderWatchStart(
    IGrainFactory grains, TimeProvider clock, ILogger<SenderWatchStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await IsWatched(stoppingToken))
        {
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task<bool> IsWatched(CancellationToken stopping)
    {
        try
        {
            await grains.GetGrain<ISenderWatchGrain>(ISenderWatchGrain.Key).Watch();
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !stopping.IsCancellationRequested)
        {
            LogNotYet(exception.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The watch over the senders has no reminder yet, it is tried again: {Message}")]
    private partial void LogNotYet(string message);
}
