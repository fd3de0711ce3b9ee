using System.Collections.Concurrent;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.Cluster;

/// <summary>A silo goes away while alerts flow, and takes its unfinished writes with it.</summary>
public sealed class LostSiloTests(ITestOutputHelper output)
{
    private const int Senders = 16;
    private const int Keys = 40;
    private const int Before = 500;
    private const int After = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Every_answered_alert_is_stored_once_when_a_silo_is_lost_meanwhile()
    {
        await using var database = await TestDatabase.Create();
        var flow = new Flow(await TwoSilos.Started(database));
        var senders = Task.WhenAll(Enumerable.Range(0, Senders).Select(flow.Send));

        await flow.Reached(Before);
        await flow.Silos.KillOne();
        await flow.Reached(flow.Accepted.Count + After);
        flow.IsOver = true;
        await Within.Deadline("the senders are answered", senders);
        await flow.Silos.DisposeAsync();

        output.WriteLine($"{flow.Accepted.Count} alerts accepted, {flow.Repeats} calls repeated");
        await Audit.AllStoredOnce(database, flow.Accepted);
        await Audit.IsSound(database);
    }

    private sealed class Flow(TwoSilos silos)
    {
        private int _repeats;

        public TwoSilos Silos => silos;

        public ConcurrentQueue<(Guid DeliveryId, int Position)> Accepted { get; } = [];

        public int Repeats => _repeats;

        public bool IsOver { get; set; }

        public Task Reached(int accepted) => Within.Deadline(
            $"{accepted} alerts are accepted", () => Task.FromResult(Accepted.Count >= accepted));

        public async Task<int> Send(int sender)
        {
            var random = new Random(sender);
            while (!IsOver)
            {
                var now = TimeProvider.System.GetUtcNow();
                var batch = Alerts.Batch(now, Alerts.Firing($"f{random.Next(3)}", now)).To($"service-{random.Next(Keys)}");
                for (var attempt = 1; !await TryDeliver(batch, attempt); attempt++)
                {
                    Interlocked.Increment(ref _repeats);
                }

                Accepted.Enqueue((batch.DeliveryId, 0));
            }

            return sender;
        }

        private async Task<bool> TryDeliver(AlertBatch batch, int attempt)
        {
            try
            {
                var deadline = TimeProvider.System.GetUtcNow() + Patience;
                var result = await silos.Observe(batch with { Attempt = attempt, Deadline = deadline })
                    .WaitAsync(Patience, TimeProvider.System);
                Assert.DoesNotContain(result.Alerts, static alert => alert.Fate == AlertFate.Unstorable);
                return result.Status == ObserveStatus.Done;
            }
            catch (Exception e) when (e is TimeoutException or OrleansException)
            {
                return false;
            }
        }
    }
}
