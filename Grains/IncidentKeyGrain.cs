using System.Collections.Immutable;
using Incidents.Grains.Domain;
using Incidents.Grains.Intake;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Incidents.Grains;

/// <summary>
/// Owns every incident of one key. Reentrant, so that what comes while a commit is in flight gathers for the next
/// one: a hot key gets cheaper per alert, not slower. The loop itself is <see cref="KeyOwner"/>.
/// </summary>
[GrainType("incident-key"), Reentrant]
internal sealed partial class IncidentKeyGrain(
    KeyStore store,
    IOptions<EpisodeOptions> episodes,
    IOptions<IntakeOptions> intake,
    TimeProvider clock,
    ILoggerFactory logs) : Grain, IIncidentKeyGrain
{
    private static readonly TimeSpan ReviewWithin = TimeSpan.FromSeconds(25); // less than the call's own timeout

    private readonly ILogger _logger = logs.CreateLogger<IncidentKeyGrain>();
    private KeyOwner _owner = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!IncidentKey.TryParse(this.GetPrimaryKeyString(), out var key))
        {
            throw new ArgumentException("The grain's key is no incident key.");
        }

        _owner = new(key, store, episodes, intake, clock, logs.CreateLogger<KeyOwner>());
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _owner.Idle.WaitAsync(cancellationToken);

    public async Task<ObserveResult> Observe(AlertBatch batch)
    {
        using var span = IncidentTrace.Observe(this.GetPrimaryKeyString(), batch);
        return await _owner.Observe(batch.By(clock.GetUtcNow()));
    }

    public async Task<ImmutableArray<ObserveResult>> Replay(ImmutableArray<AlertBatch> batches)
    {
        // All take their places in one turn, so nothing comes in between; what settles them is one commit or a few.
        var now = clock.GetUtcNow();
        var answers = new List<Task<ObserveResult>>(batches.Length);
        foreach (var batch in batches)
        {
            answers.Add(_owner.Observe(batch.By(now)));
            if (answers[^1].IsCompleted && (await answers[^1]).Status == ObserveStatus.Overloaded)
            {
                break; // a smaller one behind it might fit, and would be ahead of it
            }
        }

        var done = await Task.WhenAll(answers);
        return [.. done, .. Enumerable.Repeat(ObserveResult.Failed(ObserveStatus.Overloaded), batches.Length - done.Length)];
    }

    public async Task<CommandResult> Command(IncidentCommand command)
    {
        var result = await _owner.Command(command.By(clock.GetUtcNow()));
        store.Instruments.OnCommand(result.Outcome);
        LogCommand(command.IncidentId.Key, command.IncidentId, command.Kind, result.Outcome);
        return result;
    }

    public Task<KeyView?> GetState() => Task.FromResult(_owner.View);

    public Task Review() => _owner.Review(clock.GetUtcNow() + ReviewWithin);

    [LoggerMessage(LogLevel.Information, "{IncidentKey}: {Command} of {IncidentId}: {Outcome}")]
    private partial void LogCommand(IncidentKey incidentKey, IncidentId incidentId, CommandKind command, CommandOutcome outcome);
}
