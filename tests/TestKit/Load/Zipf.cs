namespace Incidents.TestKit.Load;

/// <summary>Draws from 0 to below a count, the first most often: the n-th with a weight of 1/n^skew.</summary>
internal sealed class Zipf
{
    private readonly double[] _upTo;

    public Zipf(int count, double skew)
    {
        _upTo = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            _upTo[i] = sum += Math.Pow(i + 1, -skew);
        }
    }

    /// <param name="throwOfDice">From 0 to below 1.</param>
    public int Draw(double throwOfDice)
    {
        var at = Array.BinarySearch(_upTo, throwOfDice * _upTo[^1]);
        return Math.Min(at < 0 ? ~at : at + 1, _upTo.Length - 1);
    }
}
