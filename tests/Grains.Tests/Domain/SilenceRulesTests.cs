using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Xunit;
using static Incidents.TestKit.Alerts;

namespace Incidents.Grains.Tests.Domain;

public sealed class SilenceRulesTests
{
    private static readonly IncidentId Incident = IncidentId.Next(IncidentKey.Of(TestKit.Alerts.Parts), null, Noon);

    private readonly SilenceOptions _options = new()
    {
        SilentAfter = TimeSpan.FromMinutes(30),
        SilentAfterBy = { ["patient"] = TimeSpan.FromHours(6), ["ignored"] = TimeSpan.Zero },
    };

    private SenderWatchState _state = new();
    private DateTimeOffset _now = Noon;

    [Fact]
    public void A_sender_falls_silent_after_its_own_time()
    {
        SenderSeen[] senders = [new("eager", Noon), new("patient", Noon), new("ignored", Noon)];

        Assert.Equal("", Until(Noon.AddMinutes(29), senders));
        Assert.Equal("eager FellSilent", Until(Noon.AddMinutes(30), senders));
        Assert.Equal("", Until(Noon.AddMinutes(359), senders));
        Assert.Equal("patient FellSilent", Until(Noon.AddHours(6), senders));
    }

    [Fact]
    public void Silence_does_not_count_while_nobody_looked()
    {
        SenderSeen[] senders = [new("grafana", Noon.AddHours(-5))];
        Assert.Equal("", Look(senders)); // the first look ever

        _now += TimeSpan.FromHours(2); // the whole service was away
        Assert.Equal("", Look(senders));

        Assert.Equal("grafana FellSilent", Until(_now.AddMinutes(30), senders));
    }

    [Fact]
    public void A_known_silence_outlives_a_gap()
    {
        Assert.Equal("grafana FellSilent", Until(Noon.AddMinutes(30), new SenderSeen("grafana", Noon)));

        _now += TimeSpan.FromHours(2);

        Assert.Equal("grafana StillSilent", Look(new SenderSeen("grafana", Noon)));
        Assert.Equal("", Look(new SenderSeen("grafana", Noon)));
    }

    [Fact]
    public void It_is_told_again_every_hour_unless_its_incident_is_resolved()
    {
        var silent = new SenderSeen("grafana", Noon);
        Until(Noon.AddMinutes(30), silent);

        Assert.Equal("", Until(Noon.AddMinutes(89), silent));
        Assert.Equal("grafana StillSilent", Until(Noon.AddMinutes(90), silent));
        Assert.Equal("", Until(Noon.AddMinutes(149), silent));
        _now = Noon.AddHours(9);
        Assert.Equal("", Look([silent], open: []));
        Assert.Equal("grafana StillSilent", Look(silent));
    }

    [Fact]
    public void What_is_not_known_to_be_told_is_told_first_and_then_ended()
    {
        Assert.Equal("grafana FellSilent", Until(Noon.AddMinutes(30), [new("grafana", Noon)], keepsTold: false));
        var spoke = new SenderSeen("grafana", Noon.AddMinutes(31));
        _now = Noon.AddMinutes(32);

        Assert.Equal("grafana FellSilent", Look(spoke));
        Assert.Equal("grafana SpokeAgain", Look(spoke));
        Assert.Equal("", Look(spoke));
        Assert.Empty(_state.Silences);
    }

    [Fact]
    public void A_silence_ends_when_its_sender_is_no_longer_watched_or_known()
    {
        Until(Noon.AddMinutes(30), new SenderSeen("a", Noon), new SenderSeen("b", Noon));
        _options.SilentAfterBy["a"] = TimeSpan.Zero;

        Assert.Equal("a Unwatched, b Forgotten", Look(new SenderSeen("a", Noon)));
        Assert.Empty(_state.Silences);
    }

    [Fact]
    public void A_second_silence_is_another_one()
    {
        Until(Noon.AddMinutes(30), new SenderSeen("grafana", Noon));
        var spoke = new SenderSeen("grafana", Noon.AddMinutes(31));
        _now = Noon.AddMinutes(31);
        Assert.Equal("grafana SpokeAgain", Look(spoke));

        Assert.Equal("grafana FellSilent", Until(Noon.AddMinutes(61), spoke));
        Assert.Equal(Noon.AddMinutes(31), _state.Silences["grafana"].Since);
    }

    [Fact]
    public void A_silence_that_settings_ended_is_told_anew_when_the_sender_is_watched_again()
    {
        var silent = new SenderSeen("grafana", Noon);
        Until(Noon.AddMinutes(30), silent);
        var before = _state.Silences["grafana"];
        _options.SilentAfterBy["grafana"] = TimeSpan.Zero;
        Assert.Equal("grafana Unwatched", Look(silent));
        _options.SilentAfterBy.Remove("grafana");

        Assert.Equal("grafana FellSilent", Look(silent));

        Assert.Equal(before.Since, _state.Silences["grafana"].Since);
        Assert.NotEqual(before.Round, _state.Silences["grafana"].Round); // else its alert is taken for a repeat
    }

    private string Until(DateTimeOffset then, params SenderSeen[] senders) => Until(then, senders, keepsTold: true);

    /// <summary>Looks every minute; the news of the last look.</summary>
    private string Until(DateTimeOffset then, SenderSeen[] senders, bool keepsTold)
    {
        for (; _now < then; _now += TimeSpan.FromMinutes(1))
        {
            Look(senders, null, keepsTold);
        }

        return Look(senders, null, keepsTold);
    }

    private string Look(params SenderSeen[] senders) => Look(senders, null);

    private string Look(SenderSeen[] senders, IncidentId[]? open, bool keepsTold = true)
    {
        _state = SilenceRules.Look(_state, senders, _now, _options);
        var decided = SilenceRules.Decide(_state, senders, (open ?? [Incident]).ToHashSet(), _now, _options);
        _state = keepsTold ? decided.Aggregate(_state, static (state, news) => SilenceRules.Told(state, news, Incident)) : _state;
        return string.Join(", ", decided.Select(static news => $"{news.Sender} {news.Reason}"));
    }
}
