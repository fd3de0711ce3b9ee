namespace Incidents.TestKit;

/// <summary>
/// A clock that can be set forward. Only what it shows jumps: its timers run on real time, as those of Orleans must,
/// which asks the same container for its clock.
/// </summary>
public sealed class MovableClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
