using System.Diagnostics;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>
/// Commits a packet and, when it fails, finds whom it failed for: the lost, the busy and the poisoned are answered
/// and the rest goes again at once, so that no key holds up its neighbours.
/// </summary>
internal sealed partial class PacketLane(
    WriterConnection connection,
    IOptions<GroupCommitOptions> options,
    IncidentInstruments instruments,
    CommitNews news,
    ILogger<PacketLane> logger) : IAsyncDisposable
{
    // A row that was held a moment ago may be held still: its next write asks before it joins a packet.
    private readonly HashSet<IncidentKey> _busy = [];

    // Waits of a second for a row that cannot be found out. Halving a full packet down to one takes nine.
    private const int MostWaits = 10;
    private int _waits;

    /// <summary>Answers every write. Never throws.</summary>
    public async Task Commit(IReadOnlyList<PendingWrite> batch)
    {
        try
        {
            await Check(batch.Where(static write => write.Change is null).ToList());
            var writes = batch.Where(static write => write.Change is not null)
                .OrderBy(static write => write.Key.Value, StringComparer.Ordinal).ToList();
            await CommitFree(writes);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The lane outlives any failure: whatever it was, nobody waits forever.
            var server = exception as MySqlException;
            LogBroken(server?.Number ?? 0, exception.Message, server is null ? exception : null);
            instruments.OnPacketFailed(Failure.Unknown);
            await connection.Drop();
            AnswerRest(batch, WriteOutcome.Failed(WriteStatus.Unknown, "the connection to MySQL broke"));
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task CommitFree(List<PendingWrite> writes)
    {
        var lately = writes.FindAll(write => _busy.Contains(write.Key));
        if (lately.Count > 0)
        {
            await AnswerContended(lately);
            writes = writes.FindAll(write => !write.IsAnswered && !_busy.Contains(write.Key));
        }

        _waits = 0;
        await CommitOrSplit(writes);
        foreach (var write in Unanswered(lately))
        {
            // Looks free now. Alone and last, in case what is held is a row that we do not ask for.
            await CommitOrSplit([write]);
        }
    }

    private async Task CommitOrSplit(List<PendingWrite> writes)
    {
        for (var attempt = 0; writes.Count > 0; attempt++)
        {
            if (_waits > MostWaits)
            {
                // Somebody holds many rows that we do not ask for: who waits behind this batch shall not pay for it.
                writes.ForEach(AnswerBusy);
                return;
            }

            if (await TryCommit(writes) is not var (failure, refusal))
            {
                return;
            }

            switch (failure)
            {
                case Failure.Data when writes.Count == 1:
                    writes[0].Answer(WriteOutcome.Failed(FailureClass.Alone(refusal), refusal.Message));
                    return;
                case Failure.Deadlock when attempt < options.Value.DeadlockRetries:
                    continue;
                case Failure.Contended:
                    await AnswerContended(writes);
                    var left = Unanswered(writes);
                    if (left.Count < writes.Count)
                    {
                        writes = left;
                        continue;
                    }

                    _waits++;
                    break;
                case Failure.Unknown:
                    throw refusal;
                case Failure.Data or Failure.Deadlock:
                    break;
            }

            await CommitHalves(writes);
            return;
        }
    }

    /// <summary>What the server refuses without saying whom, or waits for without our seeing which row, is found by
    /// halving; a single write that waited is busy.</summary>
    private async Task CommitHalves(List<PendingWrite> writes)
    {
        if (writes is [var alone])
        {
            AnswerBusy(alone);
            return;
        }

        await CommitOrSplit(writes[..(writes.Count / 2)]);
        await CommitOrSplit(writes[(writes.Count / 2)..]);
    }

    /// <returns>Null when committed; else what the server said, rolled back.</returns>
    private async Task<(Failure Failure, MySqlException Refusal)?> TryCommit(List<PendingWrite> writes)
    {
        var changes = writes.ConvertAll(static write => write.Change!);
        var started = Stopwatch.GetTimestamp();
        using var packet = IncidentTrace.Packet(writes);
        try
        {
            var counts = await WritePacket.Commit(await connection.Get(default), changes, news.Channels, default);
            instruments.OnPacketCommitted(changes, Stopwatch.GetElapsedTime(started));
            news.Committed(changes, counts);
            writes.ForEach(write => _busy.Remove(write.Key));
            var committed = WriteOutcome.Committed(counts);
            writes.ForEach(write => write.Answer(committed));
            return null;
        }
        catch (MySqlException exception) when (FailureClass.Of(exception, connection.IsOpen) is not Failure.Unknown)
        {
            var failure = FailureClass.Of(exception, connection.IsOpen);
            packet.Outcome(failure);
            instruments.OnPacketFailed(failure);
            LogFailed(failure, exception.Number, writes.Count, exception.Message);
            await connection.Rollback(default);
            return (failure, exception);
        }
    }

    /// <summary>Asks the rows themselves: another version is lost, no answer is busy; equal ones stay.</summary>
    private async Task AnswerContended(List<PendingWrite> writes)
    {
        var server = await connection.Get(default);
        var versions = await KeyRows.ReadUnlocked(server, writes.Select(static write => write.Key), default);
        var incidents = writes.SelectMany(static write => write.Change!.Touched).ToHashSet();
        var free = incidents.Count == 0 ? [] : await IncidentRows.ReadUnlocked(server, incidents, default);
        foreach (var write in writes)
        {
            var held = write.Change!.Touched.Any(incident => !free.Contains(incident));
            if (held || !versions.TryGetValue(write.Key, out var version))
            {
                AnswerBusy(write);
            }
            else if (version != write.Change.Before.Version)
            {
                _busy.Remove(write.Key);
                instruments.OnFenceLost();
                LogLost(write.Key, write.Change.Before.Version, version);
                write.Answer(WriteOutcome.Failed(WriteStatus.Lost));
            }
        }
    }

    private void AnswerBusy(PendingWrite write)
    {
        _busy.Add(write.Key);
        instruments.OnKeyBusy();
        LogBusy(write.Key);
        write.Answer(WriteOutcome.Failed(WriteStatus.Busy));
    }

    /// <summary>An UPDATE that matches no row, since a read-only server refuses it all the same.</summary>
    private async Task Check(List<PendingWrite> checks)
    {
        if (checks.Count > 0)
        {
            await using var command = new MySqlCommand(
                "UPDATE incident_keys SET version = version WHERE incident_key = ''", await connection.Get(default));
            await command.ExecuteNonQueryAsync(default);
            checks.ForEach(static check => check.Answer(WriteOutcome.Failed(WriteStatus.Committed)));
        }
    }

    private static List<PendingWrite> Unanswered(List<PendingWrite> writes) =>
        writes.FindAll(static write => !write.IsAnswered);

    private static void AnswerRest(IEnumerable<PendingWrite> batch, WriteOutcome outcome)
    {
        foreach (var write in batch)
        {
            write.Answer(outcome);
        }
    }

    [LoggerMessage(LogLevel.Information, "Packet of {Keys} keys {Failure}, error {Error}: {Message}")]
    private partial void LogFailed(Failure failure, int error, int keys, string message);

    [LoggerMessage(LogLevel.Warning, "Packet outcome unknown, error {Error}: {Message}")]
    private partial void LogBroken(int error, string message, Exception? bug);

    [LoggerMessage(LogLevel.Information, "Somebody holds a row of {IncidentKey}")]
    private partial void LogBusy(IncidentKey incidentKey);

    [LoggerMessage(LogLevel.Information, "Fence of {IncidentKey} lost: expected version {Expected}, found {Found}")]
    private partial void LogLost(IncidentKey incidentKey, ulong expected, ulong found);
}
