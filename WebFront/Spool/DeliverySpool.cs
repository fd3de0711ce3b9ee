using System.Threading.Channels;
using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Spool;

/// <summary>
/// Where deliveries wait that could not be stored in time: on this machine's disk, in the order in which they came, until
/// <see cref="SpoolReplay"/> has brought them to their grains. What was added is through to the disk; all that is
/// added at once goes there in one transaction.
/// </summary>
internal sealed partial class DeliverySpool : IHostedService, IDisposable
{
    private const int WindowRows = 500;
    private const int MostAtOnce = 1_000;
    private const int MostQueued = 20_000;
    private const long WindowBytes = 16 << 20;
    private const long PacketBytes = 8 << 20;

    /// <summary>Of the disk: to take something out of a journal costs room, too.</summary>
    private const long KeptFree = 16 << 20;

    /// <summary>With <c>Webhooks:AnswerWithin</c> less than the 30 s of a Grafana.</summary>
    private static readonly TimeSpan DiskWithin = TimeSpan.FromSeconds(4);

    private readonly SpoolOptions _options;
    private readonly TimeProvider _clock;
    private readonly SpoolInstruments _instruments;
    private readonly ILogger _logger;
    private readonly SpoolIndex _index;
    private readonly SpoolDisk _disk;
    private readonly Channel<Addition> _additions = Channel.CreateBounded<Addition>(new BoundedChannelOptions(MostQueued) { SingleReader = true });
    private Task _writing = Task.CompletedTask;

    public DeliverySpool(IOptions<SpoolOptions> options, TimeProvider clock, SpoolInstruments instruments, ILogger<DeliverySpool> logger)
    {
        (_options, _clock, _instruments, _logger) = (options.Value, clock, instruments, logger);
        _index = new();
        _disk = new(_options.Directory, _index, clock, logger);
    }

    public SpoolFigures Figures => _index.Figures;

    /// <summary>Another delivery may wait.</summary>
    public bool HasRoom => _options.Enabled && _index.Figures is { IsBroken: false } figures && IsRoom(figures, 0);

    /// <summary>How long after its arrival a delivery may be on its way to its grains.</summary>
    /// <param name="answerWithin">When there is no spool to go to.</param>
    public TimeSpan Patience(TimeSpan answerWithin) =>
        HasRoom && _options.After < answerWithin ? _options.After : answerWithin;

    /// <summary>Who waited so long for its turn is not sent any more.</summary>
    public bool IsTooLate(TimeSpan waited) => waited > _options.TurnWithin && HasRoom;

    /// <inheritdoc cref="SpoolIndex.Holds"/>
    public bool Holds(IncidentKey key) => _index.Holds(key);

    /// <inheritdoc cref="SpoolIndex.Leaves"/>
    public void Leaves(IncidentKey key, int links) => _index.Leaves(key, links);

    /// <inheritdoc cref="SpoolIndex.Stays"/>
    public void Stays(IncidentKey key) => _index.Stays(key);

    /// <exception cref="IOException">The journal cannot be used.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Enabled)
        {
            _disk.Open();
            _writing = Task.Run(Write, CancellationToken.None);
            _instruments.Watch(this);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _additions.Writer.TryComplete();
        await _writing.WaitAsync(cancellationToken);
    }

    public async Task<SpoolOutcome> Add(JournalEntry entry)
    {
        if (!_options.Enabled)
        {
            return SpoolOutcome.Off;
        }

        var addition = new Addition(entry);
        if (!_additions.Writer.TryWrite(addition))
        {
            return SpoolOutcome.Failed; // too many wait for the disk, or the host stops
        }

        try
        {
            return await addition.Outcome.WaitAsync(DiskWithin, _clock);
        }
        catch (TimeoutException)
        {
            var written = addition.Take() is null; // just now: then it may be stored after all
            _index.Broken(true);
            LogSlow(entry.Arrival.DeliveryId, DiskWithin.TotalSeconds, written);
            return SpoolOutcome.Failed;
        }
    }

    /// <summary>The next that wait after a place, but for those of which all keys are blocked.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public Task<JournalWindow> Read(long after, IReadOnlySet<IncidentKey> blocked) => _disk.Do(journal =>
    {
        var window = journal.Read(after, WindowRows, WindowBytes, blocked);
        if (window.Unreadable.Count > 0)
        {
            _disk.Open(); // of which keys they were is not known any more
        }

        return window;
    });

    /// <exception cref="IOException">The disk failed.</exception>
    public Task Settle(IReadOnlyCollection<JournalProgress> progress) => _disk.Do(journal =>
    {
        var (settled, oldestAt) = journal.Settle(progress);
        _index.Settle(settled, oldestAt);
        if (_index.Figures.Deliveries == 0)
        {
            journal.Shrink();
        }

        return true;
    });

    /// <summary>What is stuck waits like the others again.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public Task Unstick() => _disk.Do(_ =>
    {
        _disk.Open();
        return true;
    });

    /// <summary>Finds out whether a disk that failed takes something again.</summary>
    public async Task Probe()
    {
        if (_index.Figures.IsBroken)
        {
            await _disk.Do(static journal =>
            {
                journal.Touch();
                return true;
            });
            _index.Broken(false);
        }
    }

    public void Dispose() => _disk.Dispose();

    private bool IsRoom(SpoolFigures figures, long bytes) =>
        figures.Bytes + bytes <= _options.MaxBytes
        && (figures.OldestAt is not { } oldest || _clock.GetUtcNow() - oldest < _options.MaxAge);

    private async Task Write()
    {
        while (await _additions.Reader.WaitToReadAsync())
        {
            var taken = new List<(Addition Addition, JournalEntry Entry)>();
            try
            {
                await _disk.Do(journal => Append(journal, taken));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _index.Broken(true);
                LogFailed(taken.Count, e.Message);
                TakeAll(taken); // when it did not come so far: nobody shall wait in vain
            }

            taken.ForEach(static one => one.Addition.End(SpoolOutcome.Failed)); // unless it has an outcome
        }
    }

    private bool Append(Journal journal, List<(Addition Addition, JournalEntry Entry)> taken)
    {
        long bytes = 0;
        var kept = new List<(Addition Addition, JournalEntry Entry)>();
        TakeAll(taken);
        var (figures, free) = (_index.Figures, _disk.FreeBytes - KeptFree);
        foreach (var one in taken)
        {
            if (IsRoom(figures, bytes + one.Entry.Bytes) && 2 * (bytes + one.Entry.Bytes) < free)
            {
                bytes += one.Entry.Bytes;
                kept.Add(one);
            }
            else
            {
                one.Addition.End(SpoolOutcome.Full);
            }
        }

        if (kept.Count > 0)
        {
            journal.Append(kept.ConvertAll(static one => one.Entry));
            _index.Broken(false);
        }

        foreach (var (addition, entry) in kept)
        {
            _index.Add(entry, entry.Bytes);
            addition.End(SpoolOutcome.Kept);
        }

        return true;
    }

    /// <summary>As much as is written at once.</summary>
    private void TakeAll(List<(Addition Addition, JournalEntry Entry)> taken)
    {
        for (long bytes = 0; taken.Count < MostAtOnce && bytes < PacketBytes && _additions.Reader.TryRead(out var addition);)
        {
            if (addition.Take() is { } entry)
            {
                taken.Add((addition, entry));
                bytes += entry.Bytes;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "{Deliveries} deliveries could not be put into the spool: {Message}")]
    private partial void LogFailed(int deliveries, string message);

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} was not in the spool after {Seconds} s (being written: {Written})")]
    private partial void LogSlow(Guid deliveryId, double seconds, bool written);
}
