using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Incidents.Grains.Slack;

/// <summary>Wakes the channels of what this silo's writer committed, gathered over a moment: a storm costs a call a
/// channel, not one an alert. What is lost here the sweep finds in MySQL.</summary>
internal sealed partial class CardNews(ChannelTable channels, IGrainFactory grains, TimeProvider clock, ILogger<CardNews> logger)
    : BackgroundService
{
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan Gathered = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<IncidentId>> _counted = [];
    private readonly Dictionary<string, Task> _waking = [];

    public ChannelTable Channels => channels;

    /// <summary>Takes no time.</summary>
    public void Committed(IReadOnlyList<KeyChange> changes)
    {
        if (!channels.IsOn)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var change in changes)
            {
                foreach (var notice in Notice.Of(change))
                {
                    Of(channels.For(notice.Severity));
                    Of(channels.Default!); // where it is told when its own channel is broken
                }

                if (!change.Alerts.IsEmpty && change.After.Last is { } last)
                {
                    Of(channels.For(last.PeakSeverity)).Add(last.Id);
                }
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!channels.IsOn)
        {
            return;
        }

        using var timer = new PeriodicTimer(Gathered, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (channel, counted) in Take())
            {
                _waking[channel] = Wake(channel, counted);
            }
        }
    }

    private HashSet<IncidentId> Of(string channel) => _counted.TryGetValue(channel, out var counted)
        ? counted
        : _counted[channel] = [];

    /// <summary>A channel whose last call is still under way (its silo may be dying) holds up no other.</summary>
    private Dictionary<string, HashSet<IncidentId>> Take()
    {
        lock (_lock)
        {
            var free = _counted.Where(one => _waking.GetValueOrDefault(one.Key) is not { IsCompleted: false }).ToDictionary();
            foreach (var channel in free.Keys)
            {
                _counted.Remove(channel);
            }

            return free;
        }
    }

    private async Task Wake(string channel, HashSet<IncidentId> counted)
    {
        try
        {
            await grains.GetGrain<ISlackChannelGrain>(channel).Wake([.. counted.Take(MostAtOnce)]);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It outlives any failure: a hosted service that throws takes the host with it.
            LogNotWoken(channel, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Channel {Channel} was not woken, the sweep will: {Message}")]
    private partial void LogNotWoken(string channel, string message);
}
