using Incidents.Grains.Interfaces;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Commands;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Slack;

/// <summary>Does what a press asks for, once Slack has its answer; and tells the presser what was not done.</summary>
internal sealed partial class PressDesk(
    CommandCarrier carrier,
    IGrainFactory grains,
    Whisper whisper,
    PressInstruments instruments,
    TimeProvider clock,
    ILogger<PressDesk> logger)
{
    /// <summary>Ignored presses never come here.</summary>
    public Task Act(SlackPress press, CancellationToken cancel) => press switch
    {
        SlackPress.Order order => Carry(PressCommand.Of(order, carrier.AnswerBy), order.Card, cancel),
        SlackPress.ResolutionAnswered answer => Carry(PressCommand.Of(answer, carrier.AnswerBy), answer.Card, cancel),
        SlackPress.Resolve resolve => Ask(resolve, cancel),
        _ => Task.CompletedTask,
    };

    private async Task Carry(IncidentCommand command, PressedCard card, CancellationToken cancel)
    {
        var result = await carrier.Carry(command, Origin.Slack);
        var outcome = PressInstruments.Text(result);
        instruments.OnPress(outcome);
        LogPressed(command.IncidentId.Value, command.Kind, command.Actor, outcome);
        if (PressAnswer.Of(command, result, clock.GetUtcNow()) is { } text)
        {
            await whisper.Tell(card, text, cancel);
        }
    }

    private async Task Ask(SlackPress.Resolve press, CancellationToken cancel)
    {
        var opened = await Open(new(press.TriggerId, press.Card.Incident, press.Card.Revision, FormMemo.Write(press.Card)));
        instruments.OnPress(opened ? "form_opened" : "form_failed");
        if (!opened)
        {
            LogNoForm(press.Card.Incident.Value, press.By.Actor);
            await whisper.Tell(press.Card, PressAnswer.NoForm(press.Card), cancel);
        }
    }

    /// <summary>Once: a trigger opens one form.</summary>
    private async Task<bool> Open(SlackResolutionForm form)
    {
        try
        {
            return await grains.Reach<ISlackFormGrain>(0).AskResolution(form);
        }
        catch (Exception e) when (RepeatedCall.IsPassing(e))
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{IncidentId}: {Kind} pressed in Slack by {Actor}: {Outcome}")]
    private partial void LogPressed(string incidentId, CommandKind kind, string actor, string outcome);

    [LoggerMessage(LogLevel.Warning, "{IncidentId}: the form that {Actor} asked for was not opened; the silo's log says why")]
    private partial void LogNoForm(string incidentId, string actor);
}
