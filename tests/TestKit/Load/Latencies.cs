namespace Incidents.TestKit.Load;

/// <summary>Counts durations in steps of 4 %, so that any number of them takes the same memory.</summary>
public sealed class Latencies
{
    private const double Step = 1.04;
    private const double Smallest = 0.0001;
    private static readonly double LogStep = Math.Log(Step);

    private readonly int[] _counts = new int[400];

    public int Count { get; private set; }

    /// <summary>Exact.</summary>
    public TimeSpan Longest { get; private set; }

    public void Add(TimeSpan took)
    {
        var step = took.TotalSeconds <= Smallest ? 0 : (int)(Math.Log(took.TotalSeconds / Smallest) / LogStep) + 1;
        _counts[Math.Min(step, _counts.Length - 1)]++;
        Count++;
        Longest = took > Longest ? took : Longest;
    }

    /// <summary>So long took the given share of them, or less.</summary>
    public TimeSpan Quantile(double share)
    {
        var left = (int)Math.Ceiling(share * Count);
        for (var step = 0; step < _counts.Length; step++)
        {
            if ((left -= _counts[step]) <= 0)
            {
                var seconds = Smallest * Math.Pow(Step, step);
                return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
            }
        }

        return Longest;
    }
}
