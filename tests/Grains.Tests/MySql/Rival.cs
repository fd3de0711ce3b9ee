using System.Diagnostics.Metrics;
using Incidents.Grains.Domain;
using Incidents.Grains.Intake;
using Incidents.Grains.Live;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.Grains.Slack;
using Incidents.Grains.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Tests.MySql;

/// <summary>One silo's store with an owner per key, without Orleans: several of them own the same keys at once, as
/// activations do for seconds after a silo was lost.</summary>
internal sealed class Rival : IAsyncDisposable
{
    private readonly WriterConnection _writing;
    private readonly WriterConnection _loading;
    private readonly ServiceProvider _meters;
    private readonly KeyLoader _loader;
    private readonly IOptions<EpisodeOptions> _episodes;
    private readonly IOptions<IntakeOptions> _intake = Options.Create(new IntakeOptions());
    private readonly TimeProvider _clock;
    private readonly Dictionary<IncidentKey, (KeyOwner Owner, TaskScheduler Turns)> _owners = [];
    private readonly KeyStore _store;

    private Rival(string connectionString, EpisodeOptions? episodes = null, TimeProvider? clock = null, SlackOptions? slack = null)
    {
        _episodes = Options.Create(episodes ?? new EpisodeOptions());
        _clock = clock ?? TimeProvider.System;
        var commit = Options.Create(new GroupCommitOptions());
        var settings = IncidentsConnection.Parse(connectionString);
        _writing = new(settings);
        _loading = new(settings);
        _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        Meters = _meters.GetRequiredService<IMeterFactory>();
        var instruments = new IncidentInstruments(Meters, _clock, _episodes);
        var lane = new PacketLane(_writing, commit, instruments, News(slack ?? new()), NullLogger<PacketLane>.Instance);
        Writer = new(lane, commit, instruments);
        _loader = new(_loading, commit, instruments, NullLogger<KeyLoader>.Instance);
        _store = new(_loader, Writer, instruments, commit);
    }

    public GroupCommitWriter Writer { get; }

    /// <summary>What the silo's instruments belong to; to be compared with, also after the silo is gone.</summary>
    public IMeterFactory Meters { get; }

    public static async Task<Rival> Started(
        string connectionString, EpisodeOptions? episodes = null, TimeProvider? clock = null, SlackOptions? slack = null)
    {
        var rival = new Rival(connectionString, episodes, clock, slack);
        await rival.Writer.StartAsync(default);
        await rival._loader.StartAsync(default);
        return rival;
    }

    /// <summary>Never started, it wakes nobody and needs no grains.</summary>
    private CommitNews News(SlackOptions slack) => new(
        new(new(Options.Create(slack)), null!, _clock, NullLogger<CardNews>.Instance), new(null!, _clock, NullLogger<LiveNews>.Instance));

    public Task<ObserveResult> Observe(AlertBatch batch)
    {
        var (owner, turns) = Owner(IncidentKey.Of(batch.Parts));
        return Turn(turns, () => owner.Observe(batch));
    }

    public Task<CommandResult> Command(IncidentCommand command)
    {
        var (owner, turns) = Owner(command.IncidentId.Key);
        return Turn(turns, () => owner.Command(command));
    }

    public Task Review(IncidentKey key)
    {
        var (owner, turns) = Owner(key);
        return Turn(turns, async () =>
        {
            await owner.Review(_clock.GetUtcNow() + TimeSpan.FromSeconds(25));
            return true;
        });
    }

    /// <summary>As the database says, whatever the owners think.</summary>
    public async Task<KeyState> Load(IncidentKey key) => (await _store.Load(new(key, true, [], [], [])))!.State!;

    public KeyState? StateOf(IncidentKey key) => Owner(key).Owner.State;

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_owners.Values.Select(one => Turn(one.Turns, async () =>
        {
            await one.Owner.Idle;
            return true;
        })));
        await Writer.StopAsync(default);
        await _loader.StopAsync(default);
        await _writing.DisposeAsync();
        await _loading.DisposeAsync();
        await _meters.DisposeAsync();
    }

    private static Task<T> Turn<T>(TaskScheduler turns, Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, turns).Unwrap();

    private (KeyOwner Owner, TaskScheduler Turns) Owner(IncidentKey key)
    {
        lock (_owners)
        {
            if (!_owners.TryGetValue(key, out var owner))
            {
                owner = (
                    new(key, _store, _episodes, _intake, _clock, NullLogger<KeyOwner>.Instance),
                    new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
                _owners.Add(key, owner);
            }

            return owner;
        }
    }
}
