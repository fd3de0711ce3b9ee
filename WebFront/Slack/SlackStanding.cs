using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Slack;

/// <summary>How Slack does, as the silos say.</summary>
internal sealed class SlackStanding
{
    /// <summary>Worth a short wait only.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    /// <summary>As many as a page shows.</summary>
    private const int MaxChannels = 100;

    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly SharedLook<SlackWorkspaceView?> _workspace;

    public SlackStanding(IGrainFactory grains, TimeProvider clock) =>
        (_grains, _clock, _workspace) = (grains, clock, new(() => Ask(() => grains.Reach<ISlackWorkspaceGrain>(ISlackWorkspaceGrain.Key).GetState()), clock));

    /// <summary>Null when no silo answers.</summary>
    public Task<SlackWorkspaceView?> Workspace() => _workspace.Get();

    /// <summary>Those that answer.</summary>
    public async Task<IReadOnlyList<SlackChannelView>> Channels(SlackWorkspaceView workspace)
    {
        var channels = await Task.WhenAll(workspace.Channels.Take(MaxChannels)
            .Select(channel => Ask(() => _grains.Reach<ISlackChannelGrain>(channel).GetState())));
        return [.. channels.OfType<SlackChannelView>().OrderBy(static channel => channel.Channel, StringComparer.Ordinal)];
    }

    private async Task<T?> Ask<T>(Func<Task<T>> look)
        where T : class
    {
        try
        {
            return await look().WaitAsync(AnswerWithin, _clock);
        }
        catch (Exception e) when (RepeatedCall.IsPassing(e))
        {
            return null;
        }
    }
}
