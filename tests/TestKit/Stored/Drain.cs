using System.Diagnostics;
using MySqlConnector;

namespace Incidents.TestKit;

/// <summary>Waits until every alert that was answered as pending is in <c>grafana_alerts</c>.</summary>
public sealed class Drain
{
    public const string Condition = "every alert that was answered as pending is in grafana_alerts";

    /// <summary>A row may become visible after one with a higher id: so many are looked at again.</summary>
    private const int LookedAtAgain = 20_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly MySqlConnection _connection;
    private readonly Dictionary<string, int> _pending;
    private readonly HashSet<long> _seen = [];
    private long _last;

    private Drain(MySqlConnection connection, Dictionary<string, int> pending) => (_connection, _pending) = (connection, pending);

    /// <returns>How long it took; null when it did not come true in time.</returns>
    public static async Task<TimeSpan?> Wait(MySqlConnection connection, SentAlerts sent, TimeSpan within, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var drain = new Drain(connection, sent.PendingMarks());
        while (!await drain.IsDone(cancel))
        {
            if (Stopwatch.GetElapsedTime(started) > within)
            {
                return null;
            }

            await Task.Delay(Pause, TimeProvider.System, cancel);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private async Task<bool> IsDone(CancellationToken cancel)
    {
        if (_pending.Count == 0)
        {
            return true;
        }

        await using var command = new MySqlCommand(
            "SELECT alert_id, JSON_UNQUOTE(JSON_EXTRACT(annotations, '$.mark')) FROM grafana_alerts WHERE alert_id > ?", _connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = _last - LookedAtAgain } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            _last = Math.Max(_last, reader.GetInt64(0));
            if (reader.GetValue(1) is string mark
                && _pending.TryGetValue(mark, out var rows) && _seen.Add(reader.GetInt64(0)))
            {
                _pending[mark] = rows - 1;
                if (rows == 1)
                {
                    _pending.Remove(mark);
                }
            }
        }

        return _pending.Count == 0;
    }
}
