using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Orleans.Core.Internal;
using Xunit;

namespace Incidents.Grains.Tests.Cluster;

/// <summary>The watch over the senders with its storage, on two silos; time moves by the test.</summary>
public sealed class SenderWatchTests : IAsyncLifetime
{
    private readonly MovableClock _clock = new();
    private TestDatabase _database = null!;
    private TwoSilos _silos = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        _silos = await TwoSilos.Started(_database, _clock, ("Senders:SilentAfter", "00:05:00"), ("Senders:Severity", "critical"));
    }

    public async ValueTask DisposeAsync()
    {
        await _silos.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_silent_sender_opens_one_incident_that_resolves_when_it_speaks_whatever_silo_looks()
    {
        await Speaks("grafana-a");
        await Speaks("grafana-b");
        await Looks(after: TimeSpan.Zero);
        await Looks(after: TimeSpan.FromMinutes(4));
        await Speaks("grafana-b");
        Assert.Empty(await Incidents());

        await Looks(after: TimeSpan.FromMinutes(2));
        Assert.Equal(["grafana-a active critical 1"], await Incidents());

        await _silos.KillOne();
        await Looks(after: TimeSpan.FromMinutes(1));
        await Moves();
        await Looks(after: TimeSpan.FromMinutes(1));
        Assert.Equal(["grafana-a active critical 1"], await Incidents());

        await Speaks("grafana-a");
        await Speaks("grafana-b");
        await Looks(after: TimeSpan.FromMinutes(1));
        await Moves();
        await Looks(after: TimeSpan.FromMinutes(1));
        Assert.Equal(["grafana-a resolved critical 2"], await Incidents());
        Assert.Equal("auto", await _database.Read<string>("SELECT resolution FROM incidents"));
        await Audit.IsSound(_database);
    }

    [Fact]
    public async Task What_a_person_resolved_stays_so_for_that_silence()
    {
        await Speaks("grafana");
        await Looks(after: TimeSpan.Zero);
        await Looks(after: TimeSpan.FromMinutes(5));
        await Resolve(await _database.Read<string>("SELECT incident_id FROM incidents"));

        await Looks(after: TimeSpan.FromHours(3));
        await Looks(after: TimeSpan.FromMinutes(1));
        Assert.Equal(["grafana resolved critical 1"], await Incidents());

        await Speaks("grafana");
        await Looks(after: TimeSpan.FromMinutes(1));
        Assert.Equal(["grafana resolved critical 2"], await Incidents());
        Assert.Equal("mina", await _database.Read<string>("SELECT resolved_by FROM incidents"));

        await Looks(after: TimeSpan.FromMinutes(5));
        Assert.Equal(["grafana resolved critical 2", "grafana active critical 1"], await Incidents());
    }

    [Fact]
    public async Task A_lasting_silence_is_told_again_so_that_its_incident_does_not_go_stale()
    {
        await Speaks("grafana");
        await Looks(after: TimeSpan.Zero);
        await Looks(after: TimeSpan.FromMinutes(5));
        for (var i = 0; i < 4; i++)
        {
            await Looks(after: TimeSpan.FromHours(1));
        }

        Assert.Equal(["grafana active critical 5"], await Incidents());
        Assert.Equal(1, await _database.Read<int>("SELECT COUNT(*) FROM incident_instances"));
    }

    [Fact]
    public async Task A_look_whose_memory_is_lost_tells_nothing_twice()
    {
        await Speaks("grafana");
        await Looks(after: TimeSpan.Zero);
        await Looks(after: TimeSpan.FromMinutes(4));
        var before = (byte[])(await _database.Rows("SELECT PayloadBinary FROM OrleansStorage"))[0][0]!;
        await Looks(after: TimeSpan.FromMinutes(1));

        await _database.Execute("UPDATE OrleansStorage SET PayloadBinary = ?, Version = Version + 1", before);
        await Moves();
        await Looks(after: TimeSpan.FromMinutes(1));

        Assert.Equal(["grafana active critical 1"], await Incidents());
        var state = await _silos.SenderWatch.GetState();
        Assert.Equal(await _database.Read<string>("SELECT incident_id FROM incidents"), state.Silences["grafana"].Incident!.Value.Value);
    }

    [Fact]
    public async Task The_reminder_is_one_row_and_wakes_the_watch()
    {
        await Task.WhenAll(_silos.SenderWatch.Watch(), _silos.SenderWatch.Watch());
        await Speaks("grafana");

        await Within.Deadline("the reminder has looked", async () => (await _silos.SenderWatch.GetState()).LastLook is not null);
        Assert.Equal(
            "sender-watch/senders look 60000", await _database.Read<string>("SELECT CONCAT(GrainId, ' ', ReminderName, ' ', Period) FROM OrleansRemindersTable"));
    }

    private async Task Looks(TimeSpan after)
    {
        _clock.Advance(after);
        await _silos.SenderWatch.Look();
    }

    /// <summary>The grain begins anew with what is stored.</summary>
    private Task Moves() => _silos.SenderWatch.AsReference<IGrainManagementExtension>()
        .DeactivateOnIdle(TestContext.Current.CancellationToken).AsTask();

    private Task<int> Speaks(string sender) => _database.Execute(
        "INSERT INTO senders (sender, peer, kind, version, external_url, remote_address, first_delivery_at, last_delivery_at, deliveries, "
        + "alerts, rejected_alerts, truncated_deliveries, duplicate_deliveries) VALUES (?, 'p', 'grafana', '', '', '', ?, ?, 1, 1, 0, 0, 0) "
        + "ON DUPLICATE KEY UPDATE last_delivery_at = VALUES(last_delivery_at)",
        sender, _clock.GetUtcNow().UtcDateTime, _clock.GetUtcNow().UtcDateTime);

    private async Task Resolve(string incident)
    {
        Assert.True(IncidentId.TryParse(incident, out var id));
        var done = await _silos.Grain(id.Key).Command(new()
        {
            CommandId = Guid.CreateVersion7(_clock.GetUtcNow()),
            Kind = CommandKind.Resolve,
            IncidentId = id,
            Actor = "mina",
            Deadline = _clock.GetUtcNow() + TimeSpan.FromSeconds(25),
        });
        Assert.Equal(CommandOutcome.Done, done.Outcome);
    }

    private async Task<List<string>> Incidents() => (await _database.Rows(
        "SELECT CONCAT_WS(' ', service, status, peak_severity, alert_count) FROM incidents ORDER BY incident_id"))
        .ConvertAll(static row => (string)row[0]!);
}
