namespace Incidents.WebFront.Tests.Whole;

public sealed class SequenceFlowTests(SharedSystem shared)
{
    [Fact]
    public async Task A_firing_its_copies_its_end_and_a_new_firing_are_two_incidents()
    {
        var (key, fresh) = await Replay(
            "01_single_firing",
            "26_ha_duplicate_15s_later",
            "25_repeat_notification_4h_later",
            "03_resolved",
            "27_refire_same_fingerprint_new_startsAt");

        Assert.Equal([true, false, false, false, true], fresh);
        Assert.Equal(["resolved/auto/4", "active//1"], await Episodes.Of(await shared.Get(), key));
    }

    [Fact]
    public async Task A_firing_that_its_own_end_overtook_opens_nothing()
    {
        var (key, _) = await Replay("03_resolved", "01_single_firing");

        Assert.Equal(["resolved/never_opened/2"], await Episodes.Of(await shared.Get(), key));
    }

    [Fact]
    public async Task An_upgrade_of_grafana_does_not_open_the_incident_anew()
    {
        var (key, fresh) = await Replay("18_no_rule_uid_generator_url_only", "01_single_firing");

        Assert.Equal([true, false], fresh);
        Assert.Equal(["active//2"], await Episodes.Of(await shared.Get(), key));
    }

    /// <returns>The one key of all of them, and for each whether it opened an incident.</returns>
    private async Task<(string Key, IReadOnlyList<bool> Fresh)> Replay(params string[] files)
    {
        var (system, name) = (await shared.Get(), Vary.NewName());
        List<Reply.Result> results = [];
        foreach (var file in files)
        {
            results.AddRange((await system.Accept($"grafana/{file}.json", name)).Results);
        }

        return (Assert.Single(results.Select(static r => r.IncidentKey).Distinct()), [.. results.Select(static r => r.IsNewIncident)]);
    }
}
