using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Incidents.Grains.Slack.Card;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Incidents.Grains;

/// <summary>On each silo, and for all who press at once: it has nothing of its own.</summary>
[GrainType("slack-form"), StatelessWorker, Reentrant]
internal sealed class SlackFormGrain(SlackClient slack, IOptions<SlackOptions> options, TimeProvider clock) : Grain, ISlackFormGrain
{
    /// <summary>Later Slack would not open it, and the presser would hear nothing.</summary>
    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(2.5);

    public async Task<bool> AskResolution(SlackResolutionForm form)
    {
        if (options.Value.Mode != SlackMode.Bot)
        {
            return false; // without the token nothing is opened
        }

        using var deadline = new CancellationTokenSource(OpenWithin, clock);
        try
        {
            var reply = await slack.OpenView(form.TriggerId, ResolutionForm.View(form), deadline.Token);
            return reply.Outcome == SlackOutcome.Done;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
