using Incidents.Grains.Interfaces;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Commands;

namespace Incidents.WebFront.Pages;

/// <summary>Carries a command to each of several incidents: each is carried out or refused by itself.</summary>
internal sealed class BulkCarrier(CommandCarrier carrier, TimeProvider clock)
{
    private const int AtOnce = 8;

    /// <summary>Proxies wait a minute: a result for each is worth more than a try more.</summary>
    private static readonly TimeSpan AllWithin = TimeSpan.FromSeconds(25);

    /// <returns>In the order of <paramref name="chosen"/>.</returns>
    public async Task<IReadOnlyList<BulkOutcome>> Carry(
        CommandKind kind, IReadOnlyList<Selected> chosen, Guid page, FoundOut found, string actor, Origin origin)
    {
        var outcomes = new BulkOutcome[chosen.Count];
        var begun = clock.GetTimestamp();
        // To its end although the person may have gone: what was confirmed is not done by half.
        await Parallel.ForEachAsync(
            chosen.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = CancellationToken.None },
            async (one, _) =>
            {
                var (id, revision) = one.Item;
                var result = await carrier.Carry(new()
                {
                    CommandId = PressId.Of(page, kind, id, revision),
                    Kind = kind,
                    IncidentId = id,
                    Revision = revision,
                    Actor = actor,
                    Deadline = carrier.AnswerBy,
                    ActionTaken = kind == CommandKind.Resolve ? found.ActionTaken : null,
                    RootCause = kind == CommandKind.Resolve ? found.RootCause : null,
                    IsNoise = kind == CommandKind.Resolve ? found.IsNoise : null,
                }, origin, AllWithin - clock.GetElapsedTime(begun));
                outcomes[one.Index] = new(id, result?.Outcome);
            });
        return outcomes;
    }
}

/// <param name="Outcome">Null: nothing was confirmed in time.</param>
public sealed record BulkOutcome(IncidentId Id, CommandOutcome? Outcome)
{
    public bool IsDone => Outcome is CommandOutcome.Done or CommandOutcome.Repeated;
}
