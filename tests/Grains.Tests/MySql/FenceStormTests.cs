using System.Collections.Concurrent;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using MySqlConnector;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>Rival owners of the same keys, killed connections, lost answers: nothing is lost, nothing doubled.</summary>
public sealed class FenceStormTests(ITestOutputHelper output)
{
    private const int Rivals = 4;
    private const int Keys = 60;
    private const int Senders = 160;
    private const int Commits = 20_000;

    [Fact]
    public async Task Twenty_thousand_commits_of_rival_owners_lose_and_double_nothing()
    {
        await using var database = await TestDatabase.Create();
        var rivals = Enumerable.Range(0, Rivals).Select(_ => new Rival(database.ConnectionString)).ToArray();
        await Task.WhenAll(rivals.Select(static rival => rival.Start()));
        using var failures = new PacketFailures();
        using var over = new CancellationTokenSource();
        var storm = new Storm(rivals);
        var killer = Kill(database, over.Token);

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => storm.Send(sender, Commits / Senders))));

        await over.CancelAsync();
        var kills = await killer;
        foreach (var rival in rivals)
        {
            await rival.DisposeAsync();
        }

        output.WriteLine($"{storm.Accepted.Count} alerts accepted, {storm.Duplicates} found stored, {kills} kills, failed packets: {failures}");
        Assert.True(kills > 20, $"only {kills} connections were killed");
        Assert.True(storm.Duplicates > 0, "no retry found its first copy stored");
        await Audit.AllStoredOnce(database, storm.Accepted);
        await Audit.IsSound(database);
        Assert.Equal(0, failures.Of("deadlock"));
    }

    private static async Task<int> Kill(TestDatabase database, CancellationToken over)
    {
        var (kills, random) = (0, new Random(7));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                var victims = await database.Rows(
                    "SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()", database.Name);
                if (victims.Count > 0 && await TryKill(database, victims[random.Next(victims.Count)][0]!))
                {
                    kills++;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The storm is over.
        }

        return kills;
    }

    private static async Task<bool> TryKill(TestDatabase database, object id)
    {
        try
        {
            await database.Execute($"KILL {id}");
            return true;
        }
        catch (MySqlException gone) when (gone.ErrorCode == MySqlErrorCode.NoSuchThread)
        {
            return false;
        }
    }

    private sealed class Storm(Rival[] rivals)
    {
        private int _duplicates;

        public ConcurrentBag<(Guid DeliveryId, int Position)> Accepted { get; } = [];

        public int Duplicates => _duplicates;

        public async Task Send(int sender, int deliveries)
        {
            var random = new Random(sender);
            for (var i = 0; i < deliveries; i++)
            {
                await Deliver(random);
            }
        }

        private async Task Deliver(Random random)
        {
            var now = TimeProvider.System.GetUtcNow();
            var alerts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(3) == 0
                ? Alerts.Resolved($"f{random.Next(3)}", now, now)
                : Alerts.Firing($"f{random.Next(3)}", now)).ToArray();
            var batch = Alerts.Batch(now, alerts) with
            {
                Parts = Alerts.Parts with { Service = $"service-{random.Next(Keys)}" },
            };
            for (var attempt = 1; ; attempt++)
            {
                var result = await rivals[random.Next(Rivals)].Observe(batch with
                {
                    Attempt = attempt,
                    Deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30),
                });
                var answerLost = attempt == 1 && random.Next(20) == 0;
                if (result.Status == ObserveStatus.Done && !answerLost)
                {
                    Assert.All(result.Alerts, static alert => Assert.NotEqual(AlertFate.Unstorable, alert.Fate));
                    Interlocked.Add(ref _duplicates, result.Alerts.Count(static alert => alert.Fate == AlertFate.Duplicate));
                    batch.Alerts.ToList().ForEach(alert => Accepted.Add((batch.DeliveryId, alert.Position)));
                    await Act(random, result.Alerts[0].IncidentId!.Value);
                    return;
                }
            }
        }

        private async Task Act(Random random, IncidentId incident)
        {
            if (random.Next(10) == 0)
            {
                var now = TimeProvider.System.GetUtcNow();
                await rivals[random.Next(Rivals)].Command(new()
                {
                    CommandId = Guid.CreateVersion7(now),
                    Kind = random.Next(2) == 0 ? CommandKind.Acknowledge : CommandKind.Resolve,
                    IncidentId = incident,
                    Actor = "storm",
                    Deadline = now + TimeSpan.FromSeconds(30),
                });
            }
        }
    }
}
