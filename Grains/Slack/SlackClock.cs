using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Incidents.Grains.Slack;

/// <summary>Ticks in every silo, so that what is to be told is found whichever of them is lost.</summary>
internal sealed partial class SlackClock(IGrainFactory grains, ChannelTable channels, TimeProvider clock, ILogger<SlackClock> logger)
    : BackgroundService
{
    /// <summary>Between two sweeps of the cluster.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!channels.IsOn)
        {
            LogOff();
            return;
        }

        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<ISlackWorkspaceGrain>(ISlackWorkspaceGrain.Key).Sweep();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                // The clock outlives any failure: a hosted service that throws takes the host with it.
                LogMissed(exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Slack is not told of anything: neither Slack:BotToken nor Slack:WebhookUrl is set")]
    private partial void LogOff();

    [LoggerMessage(LogLevel.Warning, "A sweep for Slack was missed, the next one does its work: {Message}")]
    private partial void LogMissed(string message);
}
