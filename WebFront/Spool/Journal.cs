using System.Globalization;
using System.Text;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Data.Sqlite;

namespace Incidents.WebFront.Spool;

/// <summary>The deliveries that wait, in the order in which they came, on disk. Each method is one transaction, which is
/// through to the disk when it returns. Blocks; not for several threads at once.</summary>
/// <exception cref="SqliteException">Any method: the disk is full, or failed.</exception>
internal sealed class Journal(SqliteConnection connection) : IDisposable
{
    public const string Schema =
        """
        CREATE TABLE deliveries (
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          delivery_id TEXT NOT NULL UNIQUE,
          source TEXT NOT NULL,
          sender TEXT NOT NULL,
          received_at INTEGER NOT NULL, -- microseconds since 1970
          waiting TEXT NOT NULL,        -- incident keys, one after the other
          done TEXT NOT NULL,
          stuck TEXT,                   -- why it is not tried before the next start
          body BLOB NOT NULL)
        """;

    private const string Columns = "seq, delivery_id, source, sender, received_at, waiting, done, body";
    private const long ShrinkBytes = 16 << 20;

    /// <summary>What is stuck is tried again, once for each start.</summary>
    public void Unstick() => connection.Run("UPDATE deliveries SET stuck = NULL WHERE stuck IS NOT NULL");

    public void Append(IReadOnlyCollection<JournalEntry> entries)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.Command(
            "INSERT INTO deliveries (delivery_id, source, sender, received_at, waiting, done, body) VALUES ($id, $source, $sender, $at, $waiting, $done, $body)");
        foreach (var (arrival, body, waiting, done) in entries)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$id", arrival.DeliveryId.ToString());
            insert.Parameters.AddWithValue("$source", arrival.Source.Text());
            insert.Parameters.AddWithValue("$sender", arrival.Sender);
            insert.Parameters.AddWithValue("$at", (arrival.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            insert.Parameters.AddWithValue("$waiting", Text(waiting));
            insert.Parameters.AddWithValue("$done", Text(done));
            insert.Parameters.AddWithValue("$body", body);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>The next ones after a place, up to a number and about so many bytes; at least one if there is any.</summary>
    public List<JournalRow> Read(long after, int most, long mostBytes)
    {
        using var select = connection.Command($"SELECT {Columns} FROM deliveries WHERE seq > $after AND stuck IS NULL ORDER BY seq LIMIT $most");
        select.Parameters.AddWithValue("$after", after);
        select.Parameters.AddWithValue("$most", most);
        using var reader = select.ExecuteReader();
        var rows = new List<JournalRow>();
        while (mostBytes > 0 && reader.Read())
        {
            var row = Row(reader, reader.GetFieldValue<byte[]>(7));
            rows.Add(row);
            mostBytes -= row.Entry.Bytes;
        }

        return rows;
    }

    /// <summary>When the first that is not stuck arrived.</summary>
    public DateTimeOffset? OldestAt()
    {
        using var select = connection.Command("SELECT received_at FROM deliveries WHERE stuck IS NULL ORDER BY seq LIMIT 1");
        return select.ExecuteScalar() is long at ? Time(at) : null;
    }

    /// <summary>All that wait, without their bodies.</summary>
    public IEnumerable<(JournalRow Row, long Bytes)> Index()
    {
        using var select = connection.Command($"SELECT {Columns.Replace("body", "LENGTH(body)", StringComparison.Ordinal)} FROM deliveries ORDER BY seq");
        using var reader = select.ExecuteReader();
        while (reader.Read())
        {
            var row = Row(reader, []);
            yield return (row, row.Entry.Bytes + reader.GetInt64(7));
        }
    }

    public void Settle(IReadOnlyCollection<JournalProgress> progress)
    {
        using var transaction = connection.BeginTransaction();
        using var delete = connection.Command("DELETE FROM deliveries WHERE seq = $seq");
        using var update = connection.Command("UPDATE deliveries SET waiting = $waiting, done = $done, stuck = $stuck WHERE seq = $seq");
        foreach (var (row, left, stuck) in progress)
        {
            var statement = left is null ? delete : update;
            statement.Parameters.Clear();
            statement.Parameters.AddWithValue("$seq", row.Seq);
            if (left is not null)
            {
                statement.Parameters.AddWithValue("$waiting", Text(left.Waiting));
                statement.Parameters.AddWithValue("$done", Text(left.Done));
                statement.Parameters.AddWithValue("$stuck", (object?)stuck ?? DBNull.Value);
            }

            statement.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Gives the disk back what an outage took.</summary>
    public void Shrink()
    {
        if (connection.Number("PRAGMA freelist_count") * connection.Number("PRAGMA page_size") > ShrinkBytes)
        {
            using var free = connection.Command("PRAGMA incremental_vacuum");
            using var step = free.ExecuteReader();
            while (step.Read())
            {
                // A page a step.
            }

            step.Close();
            connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    public void Dispose() => connection.Dispose();

    private static JournalRow Row(SqliteDataReader reader, byte[] body)
    {
        var at = Time(reader.GetInt64(4));
        var source = Enum.GetValues<WebhookSource>().Single(one => one.Text() == reader.GetString(2));
        var arrival = new Arrival(Guid.Parse(reader.GetString(1), CultureInfo.InvariantCulture), source, reader.GetString(3), at, at);
        return new(reader.GetInt64(0), new(arrival, body, Keys(reader.GetString(5)), Keys(reader.GetString(6))));
    }

    private static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private static string Text(IReadOnlyList<IncidentKey> keys) =>
        keys.Aggregate(new StringBuilder(keys.Count * IncidentKey.Length), static (text, key) => text.Append(key.Value)).ToString();

    private static IReadOnlyList<IncidentKey> Keys(string text) =>
    [
        .. Enumerable.Range(0, text.Length / IncidentKey.Length)
            .Select(i => IncidentKey.TryParse(text.Substring(i * IncidentKey.Length, IncidentKey.Length), out var key) ? key : throw new FormatException("No incident key.")),
    ];
}
