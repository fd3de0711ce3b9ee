using Incidents.TestKit.Load;

namespace Incidents.EndToEnd.Tests.Load;

/// <summary>The schedule goes on whatever the service does, and every request is accounted for.</summary>
public sealed class StormTests : IDisposable
{
    private readonly string _ledger = Path.Combine(Directory.CreateTempSubdirectory("incidents-storm.").FullName, "ledger.jsonl");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_ledger)!, recursive: true);

    [Fact]
    public async Task A_stall_shows_in_the_latency_of_everything_that_was_due_meanwhile()
    {
        var (from, to) = (TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2));
        await using var server = await StalledServer.Start(from, to, cancel: Cancel);

        // Two connections are stuck, and 100 arrivals a second are due: a closed loop would have two slow requests.
        var tally = await Send(server, rate: 100, TimeSpan.FromSeconds(2.5), connections: 2);

        var entries = new LedgerFile(_ledger).Entries().ToList();
        Assert.Equal(250, entries.Count);
        Assert.Equal(250, tally.Now.Stored);
        var inStall = entries.Where(static entry => entry.Scheduled is > 0.8 and < 1.5).ToList();
        Assert.Equal(69, inStall.Count);
        Assert.All(inStall, entry => Assert.True(entry.Ended - entry.Scheduled > 0.4, $"{entry}"));
        Assert.InRange(entries.Max(static entry => entry.Ended - entry.Scheduled), 1.2, 10);
        Assert.InRange(tally.Now.Late, 100, 250);
        Assert.InRange(entries.Count(static entry => entry.Ended - entry.Started > 0.5), 2, 6);
    }

    [Fact]
    public async Task A_request_without_an_answer_is_in_the_ledger_as_unknown()
    {
        await using var server = await StalledServer.Start(cuts: static number => number % 5 == 0, cancel: Cancel);

        var tally = await Send(server, rate: 200, TimeSpan.FromSeconds(0.5), connections: 4);

        var entries = new LedgerFile(_ledger).Entries().ToList();
        Assert.Equal(Enumerable.Range(0, 100).Select(static n => (long)n), entries.Select(static entry => entry.Number).Order());
        var unknown = entries.Where(static entry => entry.Status is null).ToList();
        Assert.Equal(20, unknown.Count);
        Assert.All(unknown, static entry => Assert.NotNull(entry.Error));
        Assert.All(unknown, static entry => Assert.Equal([null], entry.Fates));
        Assert.Equal((80, 20), (tally.Now.Stored, tally.Now.Unanswered));
    }

    [Fact]
    public async Task What_could_not_be_sent_by_the_end_is_counted()
    {
        await using var server = await StalledServer.Start(TimeSpan.Zero, TimeSpan.FromSeconds(2), cancel: Cancel);

        var tally = await Send(server, rate: 100, TimeSpan.FromSeconds(1), connections: 1, TimeSpan.Zero);

        Assert.Equal(100, tally.Now.Sent + tally.Now.NeverStarted);
        Assert.InRange(tally.Now.NeverStarted, 90, 99);
    }

    [Fact]
    public void The_same_plan_sends_the_same_bytes_and_another_seed_others()
    {
        var plan = new StormPlan("run", 7, Mix.Presets["everyday"], 100, new(2026, 11, 26, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(Bytes(plan), Bytes(plan));
        Assert.NotEqual(Bytes(plan), Bytes(plan with { Seed = 8 }));
    }

    [Fact]
    public void A_duplicate_has_the_body_that_was_due_earlier_by_its_delay()
    {
        var mix = new Mix { Duplicates = 0.5, DuplicateAfter = TimeSpan.FromSeconds(3) };
        var arrivals = new Arrivals(new StormPlan("run", 1, mix, 10, default));

        var duplicates = Enumerable.Range(0, 1_000).Select(n => (Number: n, Of: arrivals.BodyOf(n))).Where(static one => one.Of.IsDuplicate).ToList();

        Assert.InRange(duplicates.Count, 150, 350);
        Assert.All(duplicates, static one => Assert.Equal(one.Number - 30, one.Of.Body));
        Assert.Equal(duplicates.Count, duplicates.Select(static one => one.Of.Body).Distinct().Count());
    }

    private static List<string> Bytes(StormPlan plan)
    {
        var arrivals = new Arrivals(plan);
        return [.. Enumerable.Range(0, 200).Select(n => Convert.ToHexString(arrivals.Write(n).Bytes.Span))];
    }

    private async Task<StormTally> Send(StalledServer server, double rate, TimeSpan duration, int connections, TimeSpan? grace = null)
    {
        var tally = new StormTally();
        var plan = new StormPlan("run", 1, new(), rate, TimeProvider.System.GetUtcNow());
        await using var ledger = new LedgerWriter(_ledger, plan);
        using var storm = new Storm(new(plan), [server.Url], [new("test")], ledger, tally) { Grace = grace ?? TimeSpan.FromSeconds(30) };
        await storm.Run(duration, connections, Cancel);
        return tally;
    }
}
