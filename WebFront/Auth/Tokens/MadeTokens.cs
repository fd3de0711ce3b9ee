using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using MySqlConnector;

namespace Incidents.WebFront.Auth.Tokens;

/// <summary>
/// The API tokens that people made on the page, as the database has them: all that live, read again when older than five
/// seconds, so that one that was revoked elsewhere opens nothing for longer. While the database is away what was read last
/// serves for five minutes. One reading is under way at a time, however many ask.
/// </summary>
internal sealed partial class MadeTokens(MySqlDataSource database, TimeProvider clock, ILogger<MadeTokens> logger)
{
    private const string Prefix = "inc_";
    private const int SecretBytes = 32;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ServesFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WaitFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RestFor = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Snapshot? _known;
    private Task _reading = Task.CompletedTask;
    private long _changes;
    private long? _failedAt;

    /// <summary>Secret scanners know such by how they begin; and for what begins otherwise nobody asks the database.</summary>
    public static string NewSecret() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static bool CanBe(string presented) => presented.StartsWith(Prefix, StringComparison.Ordinal);

    /// <returns>Null when it cannot be said now.</returns>
    public async ValueTask<Answer?> Find(byte[] hash)
    {
        try
        {
            await Fresh().WaitAsync(WaitFor, clock);
        }
        catch (TimeoutException)
        {
            // What was read last has to do.
        }

        var known = _known;
        return known is not null && clock.GetElapsedTime(known.ReadAt) < ServesFor
            ? new(known.Tokens.GetValueOrDefault(Convert.ToHexString(hash)))
            : null;
    }

    /// <summary>At once for this WebFront, also when the database goes away now.</summary>
    public void OnRevoked(string name) => OnChange(tokens => tokens.Where(token => !name.Equals(token.Value.Name, StringComparison.OrdinalIgnoreCase)));

    public void OnMade() => OnChange(static tokens => tokens);

    private void OnChange(Func<IEnumerable<KeyValuePair<string, ApiToken>>, IEnumerable<KeyValuePair<string, ApiToken>>> change)
    {
        lock (_lock)
        {
            _changes++;
            _failedAt = null;
            _known = _known is null ? null : _known with { Tokens = change(_known.Tokens).ToFrozenDictionary() };
        }
    }

    private Task Fresh()
    {
        lock (_lock)
        {
            var isFresh = _known is { } known && known.Changes == _changes && clock.GetElapsedTime(known.ReadAt) < FreshFor;
            var rests = _failedAt is { } failed && clock.GetElapsedTime(failed) < RestFor;
            if (!isFresh && !rests && _reading.IsCompleted)
            {
                _reading = Read(_changes);
            }

            return isFresh ? Task.CompletedTask : _reading;
        }
    }

    private async Task Read(long changes)
    {
        await Task.Yield(); // not under the lock
        var at = clock.GetTimestamp();
        try
        {
            var tokens = (await TokenRows.Living(database, CancellationToken.None))
                .ToFrozenDictionary(static token => Convert.ToHexString(token.Hash), static token => token);
            lock (_lock)
            {
                // What was changed meanwhile is read once more.
                _known = changes == _changes ? new(tokens, at, changes) : _known;
                _failedAt = null;
            }
        }
        catch (Exception e) when (e is MySqlException or IOException)
        {
            lock (_lock)
            {
                _failedAt = clock.GetTimestamp();
            }

            LogNotRead(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The API tokens that were made on the page cannot be read now: {Message}")]
    private partial void LogNotRead(string message);

    /// <param name="Token">Null when nobody has it.</param>
    internal sealed record Answer(ApiToken? Token);

    private sealed record Snapshot(FrozenDictionary<string, ApiToken> Tokens, long ReadAt, long Changes);
}
