using Microsoft.Data.Sqlite;

namespace Incidents.WebFront.Spool;

/// <summary>The journal and its disk: one who works on it at a time, and opened anew when it was damaged or the disk was
/// away.</summary>
internal sealed partial class SpoolDisk(string directory, SpoolIndex index, TimeProvider clock, ILogger logger) : IDisposable
{
    /// <summary>A disk that is away is not asked by everybody.</summary>
    private static readonly TimeSpan OpenEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long? _opened;
    private Journal? _journal;
    private bool _isOver;

    /// <summary>What the disk has left.</summary>
    public long FreeBytes => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;

    /// <summary>Opens it, and learns what waits in it.</summary>
    /// <exception cref="IOException">It cannot be used.</exception>
    public void Open()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            _opened = clock.GetTimestamp();
            _journal?.Dispose();
            _journal = null;
            var journal = new Journal(JournalFile.Open(directory, clock.GetUtcNow(), out var setAside));
            try
            {
                journal.Unstick();
                index.Reset(JournalFile.CountAside(directory));
                index.AddUnreadable(journal.Index(index.Add));
            }
            catch
            {
                journal.Dispose();
                throw;
            }

            _journal = journal;
            if (setAside is not null)
            {
                LogSetAside(setAside);
            }

            if (index.Figures is { Deliveries: > 0 } found)
            {
                LogFound(found.Deliveries, found.Bytes, found.OldestAt);
            }
        }
    }

    /// <summary>One at a time, on a thread that may block.</summary>
    /// <exception cref="IOException">The disk failed, or the journal was damaged; the next one may find it well.</exception>
    public Task<T> Do<T>(Func<Journal, T> work) => Task.Run(() =>
    {
        lock (_lock)
        {
            try
            {
                if (_journal is null)
                {
                    OpenAgain();
                }
                else if (!JournalFile.IsThere(directory))
                {
                    LogRemoved(index.Figures.Deliveries);
                    _journal.Rewrite(directory, clock.GetUtcNow());
                    Open();
                }

                return work(_journal!);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new IOException($"The spool's journal: {e.Message}", e);
            }
            catch (SqliteException e)
            {
                if (JournalFile.IsDamage(e) || JournalFile.IsDisk(e))
                {
                    LogDamaged(e.Message);
                    _journal?.Dispose();
                    _journal = null; // opened anew by the next one, which finds out what is left of it
                }

                throw new IOException($"The spool's journal: {e.Message}", e);
            }
        }
    });

    private void OpenAgain()
    {
        if (_opened is { } last && clock.GetElapsedTime(last) < OpenEvery)
        {
            throw new IOException("The spool's journal is closed, since its disk failed.");
        }

        Open();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _journal?.Dispose();
            _journal = null;
            _isOver = true;
        }
    }

    [LoggerMessage(LogLevel.Critical, "The spool's journal was damaged or not ours and is set aside as {File}: what waited in it is not stored; docs/reliability.md says how to get at it")]
    private partial void LogSetAside(string file);

    [LoggerMessage(LogLevel.Critical, "Somebody removed the spool's journal while it was in use; it is written anew with the {Deliveries} deliveries in it")]
    private partial void LogRemoved(int deliveries);

    [LoggerMessage(LogLevel.Critical, "The spool's journal is damaged, or its disk is away; it is opened anew: {Message}")]
    private partial void LogDamaged(string message);

    [LoggerMessage(LogLevel.Warning, "The spool holds {Deliveries} deliveries ({Bytes} bytes) from before, the oldest of {OldestAt}; they are replayed")]
    private partial void LogFound(int deliveries, long bytes, DateTimeOffset? oldestAt);
}
