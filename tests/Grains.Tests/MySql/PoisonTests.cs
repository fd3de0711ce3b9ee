using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>One alert that the server (or a rule of ours) refuses: it alone is refused, whatever it travels with.</summary>
public sealed class PoisonTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Rival _silo = null!;

    public static TheoryData<string> Poisons => [.. Poison.Names];

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        _silo = await Rival.Started(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory, MemberData(nameof(Poisons))]
    public async Task Alone_it_is_refused_and_its_key_goes_on(string name)
    {
        var fate = Poison.Of(name).FateOn(_database);

        var bad = await Within.Deadline("the bad one is answered", _silo.Observe(Delivery(1, Poison.Of(name))));
        var next = await Within.Deadline("the next one is answered", _silo.Observe(Delivery(1)));

        Assert.Equal(fate, bad.Alerts[0].Fate);
        Assert.Equal(fate == AlertFate.Unstorable, bad.Alerts[0].IncidentId is null);
        Assert.Equal(AlertFate.Stored, next.Alerts[0].Fate);
        await AssertStored(fate == AlertFate.Stored ? 2 : 1);
    }

    [Theory, MemberData(nameof(Poisons))]
    public async Task Amid_a_hundred_of_its_key_it_alone_is_refused(string name)
    {
        var delivery = Delivery(101, Poison.Of(name));

        var result = await Within.Deadline("all are answered", _silo.Observe(delivery));

        Assert.Equal(Enumerable.Range(0, 101), result.Alerts.Select(static alert => alert.Position));
        Assert.Equal(Poison.Of(name).FateOn(_database), result.Alerts[50].Fate);
        Assert.All(result.Alerts.Where(static alert => alert.Position != 50), static alert => Assert.Equal(AlertFate.Stored, alert.Fate));
        await AssertStored(result.Alerts.Count(static alert => alert.Fate == AlertFate.Stored));
    }

    [Theory, MemberData(nameof(Poisons))]
    public async Task In_a_packet_with_fifty_other_keys_it_harms_none(string name)
    {
        var neighbours = Enumerable.Range(0, 50).Select(i => Delivery(2).To($"neighbour-{i}")).ToList();
        await Task.WhenAll(neighbours.Take(25).Select(static batch => batch with { DeliveryId = Guid.NewGuid() }).Select(_silo.Observe));

        var bad = _silo.Observe(Delivery(3, Poison.Of(name)));
        var others = await Within.Deadline("the neighbours are answered", Task.WhenAll(neighbours.Select(_silo.Observe)));

        Assert.All(others.SelectMany(static one => one.Alerts), static alert => Assert.Equal(AlertFate.Stored, alert.Fate));
        var fates = (await Within.Deadline("the bad one is answered", bad)).Alerts.Select(static alert => alert.Fate).ToList();
        Assert.Equal([AlertFate.Stored, Poison.Of(name).FateOn(_database), AlertFate.Stored], fates);
        await AssertStored(150 + fates.Count(static fate => fate == AlertFate.Stored));
    }

    [Fact]
    public async Task What_is_refused_only_once_is_stored()
    {
        // A lock outlives the rollback, so the second try finds it taken.
        await _database.Execute(
            """
            CREATE TRIGGER refuse_once BEFORE INSERT ON grafana_alerts FOR EACH ROW
            BEGIN
                IF IS_FREE_LOCK(CONCAT('refused ', DATABASE())) = 1 AND GET_LOCK(CONCAT('refused ', DATABASE()), 0) = 1 THEN
                    SIGNAL SQLSTATE '22001' SET MYSQL_ERRNO = 1406;
                END IF;
            END
            """);

        var result = await Within.Deadline("it is answered", _silo.Observe(Delivery(1)));

        Assert.Equal(1, await _database.Read<int>("SELECT IS_USED_LOCK(CONCAT('refused ', DATABASE())) IS NOT NULL"));
        Assert.Equal(AlertFate.Stored, result.Alerts[0].Fate);
        await AssertStored(1);
    }

    /// <summary>With a poison in the middle.</summary>
    private static AlertBatch Delivery(int alerts, Poison? poison = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Alerts.Batch(now, [.. Enumerable.Range(0, alerts).Select(i =>
        {
            var sound = Alerts.Firing($"series-{i}", now);
            return poison is not null && i == alerts / 2 ? poison.Spoil(sound) : sound;
        })]);
    }

    private async Task AssertStored(int rows)
    {
        Assert.Equal(rows, await _database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
        Assert.Equal(rows, await _database.Read<int>("SELECT COUNT(DISTINCT delivery_id, position) FROM grafana_alerts"));
        await Audit.IsSound(_database);
    }
}
