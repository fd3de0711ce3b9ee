namespace Incidents.Grains.Domain;

internal static class Microseconds
{
    /// <summary>What <c>DATETIME(6)</c> keeps, so that a state in memory equals the one read back.</summary>
    public static DateTimeOffset ToMicroseconds(this DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
