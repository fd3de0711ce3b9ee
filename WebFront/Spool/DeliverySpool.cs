using System.Threading.Channels;
using Incidents.Grains.Interfaces;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Spool;

/// <summary>
/// Where deliveries wait that could not be stored in time: on this machine's disk, in the order in which they came, until
/// <see cref="SpoolReplay"/> has brought them to their grains. What was added is through to the disk; all that is
/// added at once goes there in one transaction.
/// </summary>
internal sealed partial class DeliverySpool(IOptions<SpoolOptions> options, TimeProvider clock, SpoolInstruments instruments, ILogger<DeliverySpool> logger)
    : IHostedService, IDisposable
{
    private const int WindowRows = 500;
    private const int MostAtOnce = 1_000;
    private const long WindowBytes = 16 << 20;

    /// <summary>With <c>Spool:After</c> and what came before it, less than the 30 s of a Grafana.</summary>
    private static readonly TimeSpan DiskWithin = TimeSpan.FromSeconds(4);

    private readonly Lock _disk = new();
    private readonly SpoolIndex _index = new();
    private readonly Channel<Addition> _additions = Channel.CreateUnbounded<Addition>(new() { SingleReader = true }); // at most Webhooks:MaxInFlight
    private Journal? _journal;
    private Task _writing = Task.CompletedTask;

    public SpoolFigures Figures => _index.Figures;

    /// <summary>Another delivery may wait.</summary>
    public bool HasRoom => options.Value.Enabled && IsRoom(0);

    /// <summary>How long after its arrival a delivery may be on its way to its grains.</summary>
    /// <param name="answerWithin">When there is no spool to go to.</param>
    public TimeSpan Patience(TimeSpan answerWithin) =>
        HasRoom && options.Value.After < answerWithin ? options.Value.After : answerWithin;

    /// <summary>Who waited so long for its turn is not sent any more.</summary>
    public bool IsTooLate(TimeSpan waited) => waited > options.Value.TurnWithin && HasRoom;

    /// <inheritdoc cref="SpoolIndex.Holds"/>
    public bool Holds(IncidentKey key) => _index.Holds(key);

    /// <exception cref="IOException">The journal cannot be used.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Enabled)
        {
            Open();
            _writing = Task.Run(Write, CancellationToken.None);
            instruments.Watch(this);
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
        var addition = new Addition(entry);
        if (!options.Value.Enabled)
        {
            return SpoolOutcome.Off;
        }

        if (!_additions.Writer.TryWrite(addition))
        {
            return SpoolOutcome.Failed; // the host stops, and nobody is left to write
        }

        try
        {
            return await addition.Outcome.Task.WaitAsync(DiskWithin, clock);
        }
        catch (TimeoutException)
        {
            LogSlow(entry.Arrival.DeliveryId, DiskWithin.TotalSeconds); // it may be there after all, and be stored
            return SpoolOutcome.Failed;
        }
    }

    /// <summary>The next that wait after a place.</summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public Task<List<JournalRow>> Read(long after) => OnDisk(journal => journal.Read(after, WindowRows, WindowBytes));

    /// <exception cref="SqliteException">The disk failed.</exception>
    public Task Settle(IReadOnlyCollection<JournalProgress> progress) => OnDisk(journal =>
    {
        journal.Settle(progress);
        _index.Settle(progress, journal.OldestAt());
        if (_index.Figures.Deliveries == 0)
        {
            journal.Shrink();
        }

        return true;
    });

    public void Dispose()
    {
        lock (_disk)
        {
            _journal?.Dispose();
            _journal = null;
        }
    }

    private bool IsRoom(long bytes)
    {
        var figures = _index.Figures;
        return figures.Bytes + bytes <= options.Value.MaxBytes
            && (figures.OldestAt is not { } oldest || clock.GetUtcNow() - oldest < options.Value.MaxAge);
    }

    private void Open()
    {
        _journal?.Dispose();
        _journal = null;
        var directory = options.Value.Directory;
        var file = JournalFile.Open(directory, clock.GetUtcNow(), out var setAside);
        _journal = new(file);
        _journal.Unstick();
        _index.Reset(JournalFile.CountAside(directory));
        foreach (var (row, bytes) in _journal.Index())
        {
            _index.Add(row.Entry, bytes);
        }

        if (setAside is not null)
        {
            LogSetAside(setAside);
        }

        if (_index.Figures is { Deliveries: > 0 } found)
        {
            LogFound(found.Deliveries, found.Bytes, found.OldestAt);
        }
    }

    private async Task Write()
    {
        var batch = new List<Addition>();
        while (await _additions.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _additions.Reader.TryRead(out var addition))
            {
                batch.Add(addition);
            }

            try
            {
                await OnDisk(journal => Append(journal, batch));
            }
            catch (Exception e) when (e is SqliteException or IOException or ObjectDisposedException)
            {
                LogFailed(batch.Count, e.Message);
            }

            batch.ForEach(static addition => addition.Outcome.TrySetResult(SpoolOutcome.Failed)); // unless it has one
        }
    }

    private bool Append(Journal journal, List<Addition> batch)
    {
        long bytes = 0;
        var taken = new List<Addition>(batch.Count);
        foreach (var addition in batch)
        {
            if (IsRoom(bytes + addition.Entry.Bytes))
            {
                bytes += addition.Entry.Bytes;
                taken.Add(addition);
            }
            else
            {
                addition.Outcome.TrySetResult(SpoolOutcome.Full);
            }
        }

        journal.Append(taken.ConvertAll(static addition => addition.Entry));
        foreach (var addition in taken)
        {
            _index.Add(addition.Entry, addition.Entry.Bytes);
            addition.Outcome.TrySetResult(SpoolOutcome.Kept);
        }

        return true;
    }

    /// <summary>One at a time, on a thread that may block.</summary>
    private Task<T> OnDisk<T>(Func<Journal, T> work) => Task.Run(() =>
    {
        lock (_disk)
        {
            ObjectDisposedException.ThrowIf(_journal is null, this);
            try
            {
                return work(_journal);
            }
            catch (SqliteException e) when (JournalFile.IsDamage(e))
            {
                LogDamaged(e.Message);
                Open();
                throw;
            }
        }
    });

    private sealed record Addition(JournalEntry Entry)
    {
        public TaskCompletionSource<SpoolOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(LogLevel.Critical, "The spool's journal was damaged or not ours and is set aside as {File}: what waited in it is not stored; docs/reliability.md says how to get at it")]
    private partial void LogSetAside(string file);

    [LoggerMessage(LogLevel.Critical, "The spool's journal is damaged: {Message}")]
    private partial void LogDamaged(string message);

    [LoggerMessage(LogLevel.Warning, "The spool holds {Deliveries} deliveries ({Bytes} bytes) from before, the oldest of {OldestAt}; they are replayed")]
    private partial void LogFound(int deliveries, long bytes, DateTimeOffset? oldestAt);

    [LoggerMessage(LogLevel.Error, "{Deliveries} deliveries could not be put into the spool: {Message}")]
    private partial void LogFailed(int deliveries, string message);

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} was not in the spool after {Seconds} s")]
    private partial void LogSlow(Guid deliveryId, double seconds);
}
