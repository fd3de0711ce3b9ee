using Incidents.WebFront.Pages;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Tests.Pages;

public sealed class EarlierTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 3, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_first_of_a_key_has_nothing_before_it() =>
        Assert.Equal((1, (TimeSpan?)null, (EpisodeRow?)null), Earlier.Of(Now, []) is var e ? (e.InWeek, e.Median, e.Last) : default);

    [Fact]
    public void Those_of_the_last_seven_days_count_and_so_does_the_incident_itself()
    {
        var earlier = Earlier.Of(Now, [Episode(1, 10), Episode(6.9, 20), Episode(7, 30), Episode(7.1, 40)]);

        Assert.Equal((4, false), (earlier.InWeek, earlier.IsMore));
    }

    [Theory]
    [InlineData(10.0, 10.0)]
    [InlineData(15.0, 20.0, 10.0)]
    [InlineData(20.0, 500.0, 20.0, 1.0)]
    [InlineData(0.0, -5.0)]
    public void The_median_is_of_how_long_each_took(double median, params double[] minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(median), Earlier.Of(Now, [.. minutes.Select(static (m, day) => Episode(day, m))]).Median);

    [Fact]
    public void Ten_are_shown_and_a_full_read_says_that_there_may_be_more()
    {
        var earlier = Earlier.Of(Now, [.. Enumerable.Range(0, Earlier.MostRead).Select(static n => Episode(n / 100.0, 1))]);

        Assert.Equal((201, true, 10), (earlier.InWeek, earlier.IsMore, earlier.Shown.Count));
    }

    private static EpisodeRow Episode(double daysAgo, double minutes) => new()
    {
        IncidentId = $"{daysAgo}",
        Severity = "error",
        PeakSeverity = "error",
        FirstSeenAt = Now.AddDays(-daysAgo),
        ResolvedTime = Now.AddDays(-daysAgo).AddMinutes(minutes),
    };
}
