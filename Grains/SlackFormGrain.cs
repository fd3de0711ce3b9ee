using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Incidents.Grains.Slack.Card;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Incidents.Grains;

/// <summary>On each silo, and for all who press at once: it has nothing of its own.</summary>
[GrainType("slack-form"), StatelessWorker, Reentrant]
internal sealed partial class SlackFormGrain(
    SlackClient slack, IOptions<SlackOptions> options, TimeProvider clock, ILogger<SlackFormGrain> logger) : Grain, ISlackFormGrain
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
            if (reply.Outcome == SlackOutcome.Done)
            {
                return true;
            }

            LogNotOpened(form.IncidentId.Key, form.IncidentId, reply.Outcome, reply.Error);
        }
        catch (OperationCanceledException)
        {
            LogNotOpened(form.IncidentId.Key, form.IncidentId, SlackOutcome.Unsure, "no answer while the trigger was good");
        }

        return false;
    }

    [LoggerMessage(LogLevel.Warning, "{IncidentKey}: the form for {IncidentId} was not opened, {Outcome}: {Error}")]
    private partial void LogNotOpened(IncidentKey incidentKey, IncidentId incidentId, SlackOutcome outcome, string? error);
}
