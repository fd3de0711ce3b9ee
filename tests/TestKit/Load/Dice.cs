namespace Incidents.TestKit.Load;

/// <summary>The same throws for the same seed and number, on every machine and version of .NET (SplitMix64).</summary>
internal struct Dice(long seed, long number, long purpose)
{
    private ulong _state = Mixed(Mixed((ulong)seed + 0x9E3779B97F4A7C15) + ((ulong)number << 8) + (ulong)purpose);

    /// <summary>From 0 to below 1.</summary>
    public double Next() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to below <paramref name="end"/>.</summary>
    public int Below(int end) => (int)(Next() * end);

    public ulong Bits() => Mixed(_state += 0x9E3779B97F4A7C15);

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
