namespace Incidents.Silo;

/// <summary>
/// The time at the start and what has passed since, whatever happens to the machine's clock meanwhile. Orleans' own
/// record of idle grains asks it: with a clock that was set back it activates no grain until the old time is reached again.
/// </summary>
internal sealed class SteadyClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _startedAt = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(_startedAt);

    public static void Configure(ISiloBuilder silo) =>
        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, new SteadyClock());
}
