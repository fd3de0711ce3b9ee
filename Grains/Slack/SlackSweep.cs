using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.Grains.Telemetry;

namespace Incidents.Grains.Slack;

/// <summary>Finds in MySQL what is to be told, whoever knew of it.</summary>
internal sealed class SlackSweep(CardBacklog backlog, SlackInstruments instruments, IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan CountsEvery = TimeSpan.FromMinutes(1);

    private long _counted = clock.GetTimestamp();

    public async Task Run(CancellationToken cancel)
    {
        var (channels, failed) = await backlog.Read(cancel);
        var oldest = channels.Min(static channel => channel.Since);
        instruments.Set(
            channels.Sum(static channel => channel.Pending), oldest is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero, failed);
        var counts = await Counts(cancel);
        await Task.WhenAll(channels.Select(static channel => channel.Channel)
            .Union(counts.Select(static one => one.Channel))
            .Select(channel => grains.GetGrain<ISlackChannelGrain>(channel)
                .Wake([.. counts.Where(one => one.Channel == channel).Select(static one => one.Incident)])));
    }

    private async Task<List<(string Channel, IncidentId Incident)>> Counts(CancellationToken cancel)
    {
        if (clock.GetElapsedTime(_counted) < CountsEvery)
        {
            return [];
        }

        _counted = clock.GetTimestamp();
        return await backlog.Stale(cancel);
    }
}
