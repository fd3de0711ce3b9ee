using FsCheck.Xunit;
using Incidents.Grains.Interfaces;
using Xunit;

namespace Incidents.Grains.Tests.Domain;

/// <summary>What holds of every incident of a key, whatever happens to it.</summary>
[Properties(Arbitrary = new[] { typeof(Runs) }, MaxTest = 600, EndSize = 40)]
public sealed class EpisodeProperties
{
    [Property]
    public void There_are_never_two_open_incidents(Run run) => Playback.Of(run, static (playback, change) =>
    {
        Assert.InRange(playback.Tables.Incidents.Values.Count(static row => row["resolved_time"] is null), 0, 1);
        Assert.All(change.Opened.SkipLast(1), static episode => Assert.False(episode.IsOpen));
    });

    [Property]
    public void Every_alert_is_stored_once_and_in_order_with_an_incident_that_exists(Run run)
    {
        var playback = Playback.Of(run);

        Assert.Equal(
            playback.Played.Select(static input => input.Alert).OfType<(Guid DeliveryId, int Position)>()
                .Select(static alert => (Convert.ToHexStringLower(alert.DeliveryId.ToByteArray(bigEndian: true)), (long)alert.Position)),
            playback.Tables.Alerts.Select(static row => (row.Text("delivery_id"), row.Number("position"))));
        Assert.All(playback.Tables.Alerts, row => Assert.Contains(row.Text("incident_id"), playback.Tables.Incidents.Keys));
    }

    [Property]
    public void Incident_ids_rise(Run run)
    {
        var ids = new List<string>();
        Playback.Of(run, (_, change) => ids.AddRange(change.Opened.Select(static episode => episode.Id.Value)));

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
    }

    [Property]
    public void A_revision_never_falls_and_changes_only_with_an_event(Run run) => Playback.Of(run, static (playback, _) =>
    {
        foreach (var (id, incident) in playback.Tables.Incidents)
        {
            var revisions = playback.Tables.EventsOf(id).Select(static row => row.Number("revision")).ToList();
            Assert.Equal(1, revisions[0]);
            Assert.All(revisions.Zip(revisions.Skip(1)), static pair => Assert.InRange(pair.Second - pair.First, 0, 1));
            Assert.Equal(revisions[^1], incident.Number("revision"));
        }
    });

    [Property]
    public void An_incident_that_is_resolved_stays_as_it_was_resolved_but_for_what_people_find_out(Run run)
    {
        string[] closing =
        [
            "status", "severity", "peak_severity", "acknowledged_time", "acknowledged_by", "resolved_time", "resolved_by",
            "resolution", "resolved_said_by", "incomplete_groups",
        ];
        var resolved = new Dictionary<string, object?[]>();
        Playback.Of(run, (playback, _) =>
        {
            foreach (var (id, row) in playback.Tables.Incidents.Where(static row => row.Value["resolved_time"] is not null))
            {
                resolved.TryAdd(id, [.. closing.Select(column => row[column])]);
                Assert.Equal(resolved[id], closing.Select(column => row[column]));
            }

            Assert.All(resolved.Keys, id => Assert.NotNull(playback.Tables.Incidents[id]["resolved_time"]));
        });
    }

    [Property]
    public void The_firing_count_is_the_number_of_series_that_fire(Run run) => Playback.Of(run, static (playback, _) =>
    {
        if (playback.State.Last is { } last)
        {
            Assert.Equal(last.Instances.Count(static one => one.Value.State == AlertState.Firing), last.FiringCount);
            Assert.InRange(last.Instances.Count, 0, playback.Options.MaxInstances);
        }
    });

    /// <summary>Of an open incident: what comes after its end changes its series but not what it was.</summary>
    [Property]
    public void The_severity_is_the_highest_that_fires_unless_a_group_is_capped(Run run) =>
        Playback.OneByOne(run, static (playback, _) =>
        {
            if (playback.State.Open is { FiringCount: > 0, Incomplete.AnyCapped: false } open)
            {
                var scale = playback.Options.Severities;
                Assert.Equal(
                    open.Instances.Values.Where(static one => one.State == AlertState.Firing)
                        .Select(static one => one.Severity).Aggregate(scale.Highest),
                    open.Severity);
                Assert.False(scale.IsHigher(open.Severity, open.PeakSeverity));
            }
        });

    [Property]
    public void What_is_known_of_an_end_is_never_forgotten(Run run) => Playback.OneByOne(run, static (_, change) =>
    {
        if (change.Before.Last is { } before && change.After.Last is { } after && before.Id == after.Id)
        {
            foreach (var (fingerprint, known) in before.Instances.Where(static one => one.Value.EndedAt is not null))
            {
                var now = after.Instances[fingerprint];
                Assert.False(now.EndedAt < known.EndedAt, $"{fingerprint} ended {known.EndedAt}, then {now.EndedAt}");
            }
        }
    });
}
