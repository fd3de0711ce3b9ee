using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.Grains.Telemetry;

namespace Incidents.Grains.Slack;

/// <summary>Finds in MySQL what is to be told, whoever knew of it.</summary>
internal sealed class SlackSweep(CardBacklog backlog, SlackInstruments instruments, IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan CompareEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StillCurrent = TimeSpan.FromDays(1);

    private long _compared = clock.GetTimestamp();

    public async Task Run(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().ToMicroseconds();
        var miscounted = await Compare(now, cancel);
        var (channels, failed) = await backlog.Read(now, cancel);
        instruments.Set(
            channels.Sum(static channel => channel.Pending),
            channels.Min(static channel => channel.Since) is { } since ? now - since : TimeSpan.Zero,
            failed);
        await Task.WhenAll(channels.Select(static channel => channel.Channel)
            .Union(miscounted.Select(static one => one.Channel))
            .Select(channel => grains.GetGrain<ISlackChannelGrain>(channel)
                .Wake([.. miscounted.Where(one => one.Channel == channel).Select(static one => one.Incident)])));
    }

    /// <summary>Once in a while with the incidents themselves.</summary>
    private async Task<List<(string Channel, IncidentId Incident)>> Compare(DateTimeOffset now, CancellationToken cancel)
    {
        if (clock.GetElapsedTime(_compared) < CompareEvery)
        {
            return [];
        }

        _compared = clock.GetTimestamp();
        await backlog.WantOverlooked(now - StillCurrent, now, cancel);
        return await backlog.Miscounted(now - StillCurrent, cancel);
    }
}
