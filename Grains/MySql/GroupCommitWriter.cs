using System.Threading.Channels;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.MySql;

/// <summary>
/// The one writer of a silo: takes all that waits, sends it as one packet, answers each. No artificial delay: while a
/// commit is in flight the next packet gathers. A second lane gave nothing when measured.
/// </summary>
internal sealed class GroupCommitWriter(
    PacketLane lane, IOptions<GroupCommitOptions> options, IncidentInstruments instruments) : BackgroundService
{
    private readonly GroupCommitOptions _options = options.Value;

    private readonly Channel<PendingWrite> _waiting = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(options.Value.MaxWaiting)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
        });

    /// <summary>Completes once the write is durable, refused, or its outcome is unknown. Never throws for the
    /// database.</summary>
    public async Task<WriteOutcome> Write(KeyChange change, CancellationToken cancellation)
    {
        var pending = new PendingWrite(change);
        try
        {
            await _waiting.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException)
        {
            // A silo that could not stop in time: another one will take the alert, so nothing may be refused here.
            return WriteOutcome.Failed(WriteStatus.Busy);
        }

        return await pending.Outcome;
    }

    /// <summary>Waits its turn in the lane and asks the server whether it takes writes; null: it does.</summary>
    public async Task<string?> Check(CancellationToken cancellation)
    {
        var pending = new PendingWrite(null);
        try
        {
            await _waiting.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException)
        {
            return "the silo is stopping";
        }

        return (await pending.Outcome.WaitAsync(cancellation)).Error;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The silo stopped before us (it is registered after): what still waits is finished, nothing new comes.
        _waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken); // waits as long as it may, and does not throw when it may no longer
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        instruments.Writer.WatchWrites(() => _waiting.Reader.Count);
        PendingWrite? first = null;
        while (first is not null || await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var (batch, left) = Take(first);
            first = left;
            instruments.OnPacketTaken(batch.Count);
            await lane.Commit(batch);
        }
    }

    /// <returns>At least one write, and the first that no longer fits.</returns>
    private (List<PendingWrite> Batch, PendingWrite? Left) Take(PendingWrite? first)
    {
        var batch = new List<PendingWrite>();
        var keys = new HashSet<IncidentKey>();
        var (alerts, bytes) = (0, 0L);
        var next = first;
        while (next is not null || _waiting.Reader.TryRead(out next))
        {
            if (next.Change is { } change)
            {
                alerts += change.Alerts.Length;
                bytes += next.Size;
                var full = alerts > _options.MaxAlerts || bytes > _options.MaxBytes || keys.Count == _options.MaxKeys;
                if (!keys.Add(change.Before.Key) || (full && batch.Count > 0))
                {
                    return (batch, next);
                }
            }

            batch.Add(next);
            next = null;
        }

        return (batch, null);
    }
}
