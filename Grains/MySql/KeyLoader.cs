using System.Threading.Channels;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>
/// Loads what grains ask for, all that ask together in one go. The version is read first, so that whatever commits
/// between these autocommitted statements makes the fence of a decision upon them fail.
/// </summary>
internal sealed partial class KeyLoader(
    WriterConnection connection,
    IOptions<GroupCommitOptions> options,
    IncidentInstruments instruments,
    ILogger<KeyLoader> logger) : BackgroundService
{
    private readonly Channel<LoadRequest> _waiting = Channel.CreateBounded<LoadRequest>(
        new BoundedChannelOptions(options.Value.MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <returns>Null when the database does not answer now.</returns>
    public async Task<Loaded?> Load(LoadRequest request, CancellationToken cancellation)
    {
        try
        {
            await _waiting.Writer.WriteAsync(request, cancellation);
        }
        catch (ChannelClosedException)
        {
            return null; // this silo is over; the caller tries another one
        }

        return await request.Answer;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        instruments.Writer.WatchLoads(() => _waiting.Reader.Count);
        var batch = new List<LoadRequest>();
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < options.Value.MaxKeys && _waiting.Reader.TryRead(out var request))
            {
                batch.Add(request);
            }

            await Answer(batch);
        }
    }

    private async Task Answer(List<LoadRequest> batch)
    {
        try
        {
            var server = await connection.Get(default);
            var states = await States(server, batch);
            var stored = await SuspectRows.Stored(server, batch.SelectMany(static r => r.Suspects), default);
            var done = await SuspectRows.Done(server, batch.SelectMany(static r => r.Commands), default);
            var named = await StateRows.ReadNamed(server, batch.SelectMany(static r => r.Named), default);
            batch.ForEach(request => request.Complete(
                new(request.State ? states[request.Key] : null, stored, done, named)));
        }
        catch (MySqlException exception)
        {
            // The grains ask again while somebody still waits for them.
            LogUnavailable(exception.Message, null);
            instruments.OnDatabaseUnavailable(DatabaseUse.Load);
            await connection.Drop();
            batch.ForEach(static request => request.Complete(null));
        }
        catch (Exception bug) when (batch.Count > 1)
        {
            // A row that cannot be read is one key's misfortune, not its neighbours'.
            LogUnavailable(bug.Message, bug);
            await connection.Drop();
            foreach (var request in batch)
            {
                await Answer([request]);
            }
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            LogUnreadable(batch[0].Key, bug);
            await connection.Drop();
            batch[0].Complete(null);
        }
    }

    private async Task<Dictionary<IncidentKey, KeyState>> States(MySqlConnection server, List<LoadRequest> batch)
    {
        var keys = batch.Where(static request => request.State).Select(static request => request.Key).ToHashSet();
        var states = await StateRows.Read(server, keys, default);
        keys.ExceptWith(states.Keys);
        if (keys.Count > 0)
        {
            await StateRows.CreateKeys(server, keys, default);
            foreach (var (key, state) in await StateRows.Read(server, keys, default))
            {
                states.Add(key, state);
            }
        }

        instruments.OnKeysLoaded(states.Count);
        return await StateRows.WithInstances(server, states, default);
    }

    [LoggerMessage(LogLevel.Error, "{IncidentKey} cannot be loaded; its alerts are answered 503")]
    private partial void LogUnreadable(IncidentKey incidentKey, Exception bug);

    [LoggerMessage(LogLevel.Warning, "Keys cannot be loaded: {Message}")]
    private partial void LogUnavailable(string message, Exception? bug);
}
