using Incidents.Grains.Interfaces;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Commands;

/// <summary>Carries a person's command to the incident's grain, again and again until that has answered: the command's
/// id makes it one command. The audit has it first.</summary>
internal sealed class CommandCarrier(IGrainFactory grains, AuditLog audit, TimeProvider clock)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>For a command that is carried now.</summary>
    public DateTimeOffset AnswerBy => clock.GetUtcNow() + AnswerWithin;

    /// <returns>Null when nothing is confirmed in time: it may be done, or be done yet.</returns>
    /// <param name="left">For one of several that somebody waits for together; null: as long as for one.</param>
    public async Task<CommandResult?> Carry(IncidentCommand command, Origin origin, TimeSpan? left = null)
    {
        if (left <= TimeSpan.Zero)
        {
            return new(CommandOutcome.Expired, null);
        }

        using var deadline = new CancellationTokenSource(left < AnswerWithin ? left.Value : AnswerWithin, clock);
        if (await audit.Write(AuditEntry.Of(command, origin, clock.GetUtcNow()), deadline.Token) is not { } row)
        {
            return new(CommandOutcome.Expired, null);
        }

        var result = await Carry(command, deadline.Token);
        await audit.Settle(row, AuditEntry.OutcomeOf(result));
        return result;
    }

    private async Task<CommandResult?> Carry(IncidentCommand command, CancellationToken deadline)
    {
        try
        {
            return await RepeatedCall.Until(
                static answer => answer.Outcome != CommandOutcome.Overloaded,
                _ => grains.Reach<IIncidentKeyGrain>(command.IncidentId.Key.Value).Command(command.SentAt(clock.GetUtcNow())),
                clock,
                deadline);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
