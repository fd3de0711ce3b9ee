using Incidents.WebFront.Senders;
using Incidents.WebFront.Tests.Webhooks;

namespace Incidents.WebFront.Tests.Senders;

public sealed class RecentDeliveriesTests
{
    private static readonly PeerKey One = new("grafana", "10.0.0.1", "https://g/");
    private static readonly PeerKey Two = new("grafana", "10.0.0.2", "https://g/");
    private static readonly PeerKey Stranger = new("other", "10.0.0.2", "https://g/");
    private static readonly DeliveryFacts Facts = new("group", 2, 17);
    private static readonly DateTimeOffset Noon = Parse.Now;

    private readonly RecentDeliveries _recent = new(TimeSpan.FromMinutes(2), most: 3);

    [Fact]
    public void The_second_of_a_pair_is_a_duplicate_within_the_window()
    {
        Assert.False(_recent.IsDuplicate(One, Facts, Noon));

        Assert.True(_recent.IsDuplicate(Two, Facts, Noon.AddMinutes(1)));
        Assert.True(_recent.IsDuplicate(Two, Facts, Noon.AddMinutes(2)));
        Assert.False(_recent.IsDuplicate(Two, Facts, Noon.AddMinutes(2).AddTicks(1)));
    }

    [Fact]
    public void Each_round_of_a_pair_has_one_duplicate_whoever_is_first()
    {
        Assert.False(_recent.IsDuplicate(One, Facts, Noon));
        Assert.True(_recent.IsDuplicate(Two, Facts, Noon.AddSeconds(15)));
        Assert.False(_recent.IsDuplicate(Two, Facts, Noon.AddMinutes(5)));
        Assert.True(_recent.IsDuplicate(One, Facts, Noon.AddMinutes(5)));
    }

    [Fact]
    public void The_same_peer_another_sender_and_other_facts_are_no_duplicates()
    {
        Assert.False(_recent.IsDuplicate(One, Facts, Noon));

        Assert.False(_recent.IsDuplicate(One, Facts, Noon));
        Assert.False(_recent.IsDuplicate(Stranger, Facts, Noon));
        Assert.False(_recent.IsDuplicate(Two, Facts with { Sum = 18 }, Noon));
        Assert.False(_recent.IsDuplicate(Two, Facts with { Group = "another" }, Noon));
    }

    [Fact]
    public void Deliveries_without_a_sound_alert_are_never_compared()
    {
        var nothing = new DeliveryFacts("group", 0, 0);
        Assert.False(_recent.IsDuplicate(One, nothing, Noon));

        Assert.False(_recent.IsDuplicate(Two, nothing, Noon));
    }

    [Fact]
    public void Beyond_its_size_the_oldest_is_forgotten()
    {
        for (var i = 0UL; i < 4; i++)
        {
            _recent.IsDuplicate(One, Facts with { Sum = i }, Noon.AddTicks((long)i));
        }

        Assert.False(_recent.IsDuplicate(Two, Facts with { Sum = 0 }, Noon.AddSeconds(1)));
        Assert.True(_recent.IsDuplicate(Two, Facts with { Sum = 3 }, Noon.AddSeconds(1)));
    }

    [Fact]
    public void A_window_of_zero_finds_none()
    {
        var off = new RecentDeliveries(TimeSpan.Zero, 10);
        off.IsDuplicate(One, Facts, Noon);

        Assert.False(off.IsDuplicate(Two, Facts, Noon));
    }

    [Fact]
    public void Facts_are_the_alerts_in_any_order_with_their_states_and_starts()
    {
        const string A = """{"status":"firing","fingerprint":"a","startsAt":"2026-11-20T02:00:00Z"}""";
        const string B = """{"status":"firing","fingerprint":"b","startsAt":"2026-11-20T02:00:00Z"}""";
        var facts = Of(A, B);

        Assert.Equal(facts, Of(B, A));
        Assert.Equal(facts, Of(A.Replace("}", ""","annotations":{"x":"y"}}""", StringComparison.Ordinal), B));
        Assert.NotEqual(facts, Of(A));
        Assert.NotEqual(facts, Of(A.Replace("firing", "resolved", StringComparison.Ordinal), B));
        Assert.NotEqual(facts, Of(A.Replace("02:00", "02:01", StringComparison.Ordinal), B));

        static DeliveryFacts Of(params string[] alerts) =>
            DeliveryFacts.Of(Parse.Text($$"""{"groupKey":"{}:{}","alerts":[{{string.Join(',', alerts)}}]}"""));
    }
}
