using FsCheck.Xunit;
using Incidents.Grains.Domain;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.Domain;

/// <summary>Rows, memory and rules tell the same, whatever happens: the database alone is enough.</summary>
[Properties(Arbitrary = new[] { typeof(Runs) }, MaxTest = 400, EndSize = 40)]
public sealed class StoredStateProperties
{
    [Property]
    public void Replaying_the_rows_gives_what_is_stored_after_every_commit(Run run) => Playback.Of(run, static (playback, change) =>
    {
        var tables = playback.Tables;
        foreach (var id in change.Opened.Concat(change.Amended).Append(change.Before.Last).OfType<Episode>().Select(static episode => episode.Id.Value))
        {
            var replayed = tables.Replayed(id);
            Same(id, [
                .. Difference.Between(tables.Incidents[id], BoundRows.Of(replayed, playback.Options), except: "updated_at"),
                .. Difference.Between(Difference.InstancesOf(tables.InstancesOf(id)), replayed.Instances),
            ]);
        }
    });

    [Property]
    public void Replaying_the_rows_gives_what_is_in_memory(Run run)
    {
        var playback = Playback.Of(run);
        if (playback.State.Last is { } memory)
        {
            var replayed = playback.Tables.Replayed(memory.Id.Value);
            Same(memory.Id.Value, [
                .. Difference.Between(memory with { UpdatedAt = replayed.UpdatedAt }, replayed), // rows do not say when it was decided
                .. Difference.Between(memory.Instances, replayed.Instances),
            ]);
        }
    }

    [Property]
    public void Events_have_no_gaps_and_do_not_run_back_behind_alerts(Run run)
    {
        var tables = Playback.Of(run).Tables;
        foreach (var (id, incident) in tables.Incidents)
        {
            var events = tables.EventsOf(id).ToList();
            Assert.Equal(Enumerable.Range(1, events.Count).Select(static seq => (long)seq), events.Select(static row => row.Number("seq")));
            Assert.Equal(events.Count, incident.Number("event_seq"));
            var received = events.Select(static row => row.Number("alerts_received")).ToList();
            Assert.Equal(received.Order(), received);
            Assert.InRange(received[^1], 0, tables.AlertsOf(id).Count());
        }
    }

    [Property]
    public void The_alerts_received_are_the_rows(Run run)
    {
        var playback = Playback.Of(run);

        Assert.Equal(
            playback.State.Last?.AlertsReceived ?? 0,
            playback.State.Last is { } last ? playback.Tables.AlertsOf(last.Id.Value).Count() : 0);
    }

    /// <summary>If it were not, memory would be ahead of the database.</summary>
    [Property]
    public void The_incident_is_written_exactly_when_a_column_of_its_row_changes(Run run)
    {
        var played = 0;
        Playback.Of(run, (playback, change) =>
        {
            // A review that finds nothing due renews due_at, which another configuration may have written.
            var reviewed = playback.Played.Skip(played).Any(static input => input.IsReview);
            played = playback.Played.Count;
            if (change.Before.Last is not { } before || (reviewed && before.IsOpen))
            {
                return;
            }

            var differences = Difference.Between(
                BoundRows.Of(before, playback.Options),
                BoundRows.Of(playback.Tables.Replayed(before.Id.Value), playback.Options),
                except: ["updated_at", "alerts_received"]).ToList();
            var dated = (change.Updated ?? (change.After.Last?.Id == before.Id ? change.After.Last : before)).UpdatedAt != before.UpdatedAt;
            Assert.True(
                (differences.Count > 0 || dated) == change.Updated is not null,
                $"written: {change.Updated is not null}, but differs: {string.Join("; ", differences)}");
        });
    }

    [Property]
    public void The_series_written_are_those_that_changed(Run run) => Playback.OneByOne(run, static (playback, change) =>
    {
        var touched = change.Opened.Append(change.After.Last).OfType<Episode>().Select(static episode => episode.Id);
        var expected =
            from id in touched.Distinct()
            let before = change.Before.Last is { } last && last.Id == id ? last.Instances : null
            from one in playback.Tables.Replayed(id.Value).Instances
            where before is null || !before.TryGetValue(one.Key, out var known) || known != one.Value
            select (id, one.Key, one.Value);

        Assert.Equal(
            expected.ToHashSet(),
            change.Instances.Select(static one => (one.IncidentId, one.Fingerprint, one.State)).ToHashSet());
    });

    [Property]
    public void Deciding_one_by_one_or_all_that_waits_at_once_is_the_same(Run run)
    {
        var (single, together) = (Playback.OneByOne(run), Playback.InPortions(run));

        Assert.Equal(single.Tables.Incidents.Keys, together.Tables.Incidents.Keys);
        // What happens and is undone within one portion is not written, so only updated_at may differ.
        Assert.Empty(Rows(single.Tables)
            .Zip(Rows(together.Tables), static (one, other) => Difference.Between(one, other, except: "updated_at"))
            .SelectMany(static lines => lines));
        Assert.Equal(Rows(single.Tables).Count(), Rows(together.Tables).Count());
        Same("in memory", single.State.Last is { } last
            ? [
                .. Difference.Between(last, together.State.Last!),
                .. Difference.Between(last.Instances, together.State.Last!.Instances),
            ]
            : []);
    }

    private static IEnumerable<StoredRow> Rows(Tables tables) =>
    [
        .. tables.Incidents.Values,
        .. tables.Alerts,
        .. tables.Events.OrderBy(static row => (row.Text("incident_id"), row.Number("seq"))),
        .. tables.Instances.OrderBy(static row => row.Key).Select(static row => row.Value),
    ];

    private static void Same(string incident, IReadOnlyList<string> differences) =>
        Assert.True(differences.Count == 0, $"{incident}: {string.Join("; ", differences)}");
}
