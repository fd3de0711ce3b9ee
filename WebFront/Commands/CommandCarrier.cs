using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Commands;

/// <summary>Carries a person's command to the incident's grain, again and again until that has answered: the command's
/// id makes it one command.</summary>
internal sealed class CommandCarrier(IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>For a command that is carried now.</summary>
    public DateTimeOffset AnswerBy => clock.GetUtcNow() + AnswerWithin;

    /// <returns>Null when nothing is confirmed in time: it may be done, or be done yet.</returns>
    public async Task<CommandResult?> Carry(IncidentCommand command)
    {
        using var deadline = new CancellationTokenSource(AnswerWithin, clock);
        try
        {
            return await RepeatedCall.Until(
                static answer => answer.Outcome != CommandOutcome.Overloaded,
                _ => grains.Reach<IIncidentKeyGrain>(command.IncidentId.Key.Value).Command(command.SentAt(clock.GetUtcNow())),
                clock,
                deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
