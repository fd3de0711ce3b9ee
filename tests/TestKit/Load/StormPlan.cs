namespace Incidents.TestKit.Load;

/// <summary>All that decides what a storm sends and when. Two storms of one plan send the same bytes.</summary>
/// <param name="Run">Begins every mark and names the cluster of every key: storms on one database stay apart.</param>
/// <param name="Begun">The moment of the first arrival; startsAt counts from it.</param>
/// <param name="Rate">Arrivals a second.</param>
public sealed record StormPlan(string Run, long Seed, Mix Mix, double Rate, DateTimeOffset Begun)
{
    /// <summary>When the arrival is due, from the beginning. Never moved: a service that stalls is late.</summary>
    public TimeSpan Due(long arrival) => TimeSpan.FromSeconds(arrival / Rate);
}
