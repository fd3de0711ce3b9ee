using Xunit;

namespace Incidents.Grains.Tests.Cluster;

/// <summary>Orleans' table of reminders on our own statements and the real database.</summary>
public sealed class ReminderTableTests(GrainStorageTests.Silos silos) : IClassFixture<GrainStorageTests.Silos>
{
    private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);
    private static int _last;

    private readonly GrainId _grain = GrainId.Create("tested", $"woken-{Interlocked.Increment(ref _last)}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IReminderTable Table => silos.Cluster.Own<IReminderTable>();

    [Fact]
    public async Task A_reminder_is_written_read_changed_and_removed()
    {
        var first = await Table.UpsertRow(Entry(_grain, "look", TimeSpan.FromMinutes(1)), Cancel);
        var second = await Table.UpsertRow(Entry(_grain, "look", TimeSpan.FromDays(40)), Cancel);

        var read = await Table.ReadRow(_grain, "look", Cancel);
        Assert.Equal(
            (_grain, "look", Noon, TimeSpan.FromDays(40), second),
            (read!.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
        Assert.NotEqual(first, second);
        Assert.False(await Table.RemoveRow(_grain, "look", first!, Cancel));
        Assert.True(await Table.RemoveRow(_grain, "look", second!, Cancel));
        Assert.False(await Table.RemoveRow(_grain, "look", second!, Cancel));
        Assert.Null(await Table.ReadRow(_grain, "look", Cancel));
    }

    [Fact]
    public async Task Names_and_keys_that_differ_by_case_are_apart()
    {
        var upper = GrainId.Create("tested", _grain.Key.ToString()!.ToUpperInvariant());
        await Table.UpsertRow(Entry(_grain, "look", TimeSpan.FromMinutes(1)), Cancel);
        await Table.UpsertRow(Entry(_grain, "LOOK", TimeSpan.FromMinutes(2)), Cancel);
        await Table.UpsertRow(Entry(upper, "look", TimeSpan.FromMinutes(3)), Cancel);

        Assert.Equal(["LOOK", "look"], (await Table.ReadRows(_grain, Cancel)).Reminders.Select(static r => r.ReminderName).Order(StringComparer.Ordinal));
        Assert.Equal(TimeSpan.FromMinutes(3), (await Table.ReadRow(upper, "look", Cancel))!.Period);
    }

    [Fact]
    public async Task A_range_of_the_ring_has_its_reminders_also_when_it_wraps_around()
    {
        List<GrainId> grains = [.. Enumerable.Range(0, 64).Select(static n => GrainId.Create("tested", $"ring-{n}"))];
        await Task.WhenAll(grains.Select(grain => Table.UpsertRow(Entry(grain, "look", TimeSpan.FromMinutes(1)), Cancel)));

        foreach (var (begin, end) in new (uint Begin, uint End)[] { (1u << 30, 3u << 30), (3u << 30, 1u << 30), (0, 1u << 31), (0, 0) })
        {
            var found = (await Table.ReadRows(begin, end, Cancel)).Reminders.Select(static r => r.GrainId).Where(grains.Contains).ToHashSet();

            var expected = grains.Where(grain => grain.GetUniformHashCode() is var hash
                && (begin < end ? hash > begin && hash <= end : hash > begin || hash <= end)).ToHashSet();
            Assert.True(expected.SetEquals(found), $"({begin}, {end}]: {found.Count} instead of {expected.Count}");
        }
    }

    [Fact]
    public async Task Many_writes_of_one_reminder_at_once_leave_one_row_and_no_error()
    {
        var etags = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Table.UpsertRow(Entry(_grain, "look", TimeSpan.FromMinutes(n + 1)), Cancel)));

        Assert.Equal(16, etags.Distinct().Count());
        Assert.Single((await Table.ReadRows(_grain, Cancel)).Reminders);
    }

    private static ReminderEntry Entry(GrainId grain, string name, TimeSpan period) =>
        new() { GrainId = grain, ReminderName = name, StartAt = Noon, Period = period };
}
