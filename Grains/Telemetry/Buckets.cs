using System.Diagnostics.Metrics;

namespace Incidents.Grains.Telemetry;

/// <summary>Where histograms have their steps.</summary>
internal static class Buckets
{
    /// <summary>A commit takes some milliseconds; a row that is held costs a second, and a command ends after ten.</summary>
    public static InstrumentAdvice<double> Seconds => new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>Up to what one packet may hold.</summary>
    public static InstrumentAdvice<int> Sizes => new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000],
    };
}
