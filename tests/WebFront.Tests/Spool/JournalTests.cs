using Incidents.Grains.Interfaces;
using Incidents.WebFront.Spool;
using Incidents.WebFront.Webhooks;
using static Incidents.WebFront.Tests.Spool.JournalFolder;

namespace Incidents.WebFront.Tests.Spool;

public sealed class JournalTests : IDisposable
{
    private readonly JournalFolder _at = new();

    private static HashSet<IncidentKey> None => [];

    public void Dispose() => _at.Dispose();

    [Fact]
    public void What_was_appended_is_read_in_its_order_as_it_was_also_after_a_restart()
    {
        var first = Entry("grafana", "{\"a\":\"\u0000 é 🚒\"}", waiting: ["r1", "r2"], done: ["r3"]) with { Arrival = Arrival("grafana") with { Source = WebhookSource.Alertmanager } };
        var second = Entry("other", "not json at all");
        using (var journal = _at.Open())
        {
            journal.Append([first, second]);
        }

        using var again = _at.Open();
        var rows = again.Read(0, 10, long.MaxValue, None).Rows;
        Assert.Equal([first.Arrival, second.Arrival], rows.Select(static row => row.Entry.Arrival));
        Assert.Equal([first.Body, second.Body], rows.Select(static row => row.Entry.Body));
        Assert.Equal(first.Waiting, rows[0].Entry.Waiting);
        Assert.Equal(first.Done, rows[0].Entry.Done);
        Assert.Equal(Noon, again.OldestAt());
    }

    [Fact]
    public void It_is_read_in_portions()
    {
        using var journal = _at.Open();
        journal.Append([.. Enumerable.Range(0, 5).Select(i => Entry($"s{i}", new string('x', 1000)))]);

        var some = journal.Read(0, 2, long.MaxValue, None).Rows;
        Assert.Equal(["s0", "s1"], some.Select(static row => row.Entry.Arrival.Sender));
        var one = journal.Read(some[^1].Seq, 10, 1, None).Rows;
        Assert.Equal(["s2"], one.Select(static row => row.Entry.Arrival.Sender));
        Assert.Equal(["s3", "s4"], journal.Read(one[^1].Seq, 10, 3000, None).Rows.Select(static row => row.Entry.Arrival.Sender));
    }

    [Fact]
    public void What_is_settled_is_gone_half_done_stays_with_the_rest_and_stuck_waits_until_it_is_unstuck()
    {
        using var journal = _at.Open();
        journal.Append([Entry("done", "1"), Entry("half", "2", waiting: ["r1", "r2"]), Entry("stuck", "3")]);
        var rows = journal.Read(0, 10, long.MaxValue, None).Rows;
        var rest = rows[1].Entry with { Waiting = [Key("r2")], Done = [Key("r1")] };

        journal.Settle([new(rows[0], null), new(rows[1], rest), new(rows[2], rows[2].Entry, "a bug")]);

        var left = Assert.Single(journal.Read(0, 10, long.MaxValue, None).Rows);
        Assert.Equal(("half", Key("r2"), Key("r1")), (left.Entry.Arrival.Sender, left.Entry.Waiting.Single(), left.Entry.Done.Single()));
        Assert.Equal(2, Count(journal));
        journal.Unstick();
        Assert.Equal(["half", "stuck"], journal.Read(0, 10, long.MaxValue, None).Rows.Select(static row => row.Entry.Arrival.Sender));
    }

    [Fact]
    public void What_waits_only_for_blocked_keys_is_passed_over()
    {
        using var journal = _at.Open();
        journal.Append([Entry("a", "1"), Entry("b", "2", waiting: ["r1", "r2"]), Entry("c", "3")]);

        var window = journal.Read(0, 10, long.MaxValue, new HashSet<IncidentKey> { Key("r1") });

        Assert.Equal(("b", 3), (Assert.Single(window.Rows).Entry.Arrival.Sender, window.Last));
    }

    [Fact]
    public void What_became_of_a_delivery_of_another_journal_changes_nothing()
    {
        List<JournalRow> rows;
        using (var journal = _at.Open())
        {
            journal.Append([Entry("old", "1"), Entry("old", "2")]);
            rows = journal.Read(0, 10, long.MaxValue, None).Rows;
        }

        Directory.Delete(_at.Folder, recursive: true);
        using var anew = _at.Open();
        anew.Append([Entry("new", "3"), Entry("new", "4")]);
        var (settled, _) = anew.Settle([new(rows[0], null), new(rows[1], rows[1].Entry, "a bug")]);

        Assert.Empty(settled);
        Assert.Equal(["new", "new"], anew.Read(0, 10, long.MaxValue, None).Rows.Select(static row => row.Entry.Arrival.Sender));
    }

    [Fact]
    public void One_that_is_damaged_stays_and_keeps_nobody_else()
    {
        using (var journal = _at.Open())
        {
            journal.Append([Entry("a", "1"), Entry("b", "2"), Entry("c", "3")]);
        }

        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_at.File};Pooling=False"))
        {
            other.Open();
            other.Run("UPDATE deliveries SET delivery_id = 'x' WHERE seq = 1; UPDATE deliveries SET waiting = 'GHIJKLMNOPQRSTUV' WHERE seq = 2");
        }

        using var again = _at.Open();
        Assert.Equal(["c"], again.Read(0, 10, long.MaxValue, None).Rows.Select(static row => row.Entry.Arrival.Sender));
        again.Unstick();
        Assert.Equal(2, again.Index(static (_, _) => { }));
        Assert.Empty(again.Read(0, 10, long.MaxValue, None).Unreadable); // they are set apart
    }

    [Fact]
    public void A_delivery_is_in_it_once()
    {
        using var journal = _at.Open();
        var entry = Entry("grafana", "1");
        journal.Append([entry]);

        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => journal.Append([entry]));
        Assert.Equal(1, Count(journal));
    }

    [Fact]
    public void The_disk_gets_back_what_an_outage_took()
    {
        using var journal = _at.Open();
        for (var i = 0; i < 40; i++)
        {
            journal.Append([Entry("grafana", new string('x', 1_000_000))]);
        }

        journal.Settle([.. journal.Read(0, 100, long.MaxValue, None).Rows.Select(static row => new JournalProgress(row, null))]);
        Assert.True(Size() > 30_000_000);
        journal.Shrink();

        Assert.True(Size() < 1_000_000, $"{Size()} bytes");

        long Size() => new DirectoryInfo(_at.Folder).EnumerateFiles().Sum(static file => file.Length);
    }
}
