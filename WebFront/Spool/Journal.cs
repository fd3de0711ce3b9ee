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
          stuck TEXT,                   -- why it is not tried for some time
          body BLOB NOT NULL)
        """;

    private const string Columns = "seq, delivery_id, source, sender, received_at, waiting, done, body";
    private const long ShrinkBytes = 16 << 20;

    private const string Unreadable = "unreadable";

    /// <summary>What is stuck is tried again.</summary>
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

    /// <summary>The next ones after a place of which some key is not blocked, up to a number and about so many bytes; at
    /// least one if there is any.</summary>
    public JournalWindow Read(long after, int most, long mostBytes, IReadOnlySet<IncidentKey> blocked)
    {
        var window = new JournalWindow([], after, []);
        using (var select = connection.Command($"SELECT {Columns} FROM deliveries WHERE seq > $after AND stuck IS NULL ORDER BY seq"))
        {
            select.Parameters.AddWithValue("$after", after);
            using var reader = select.ExecuteReader();
            while (window.Rows.Count < most && mostBytes > 0 && reader.Read())
            {
                window = window with { Last = reader.GetInt64(0) };
                if (Row(reader) is not { } row)
                {
                    window.Unreadable.Add(window.Last);
                }
                else if (row.Entry.Waiting.Count == 0 || !row.Entry.Waiting.All(blocked.Contains))
                {
                    row = row with { Entry = row.Entry with { Body = reader.GetFieldValue<byte[]>(7) } }; // read no sooner
                    window.Rows.Add(row);
                    mostBytes -= row.Entry.Bytes;
                }
            }
        }

        Stick(window.Unreadable);
        return window;
    }

    /// <summary>When the first that is not stuck arrived.</summary>
    public DateTimeOffset? OldestAt()
    {
        using var select = connection.Command("SELECT received_at FROM deliveries WHERE stuck IS NULL ORDER BY seq LIMIT 1");
        return select.ExecuteScalar() is long at ? Time(at) : null;
    }

    /// <summary>All that wait, without their bodies. None may be stuck.</summary>
    /// <param name="each">Gets one, and its bytes with the body.</param>
    /// <returns>How many cannot be read; they are stuck from now on.</returns>
    public int Index(Action<JournalEntry, long> each)
    {
        var unreadable = new List<long>();
        using (var select = connection.Command($"SELECT {Columns.Replace("body", "LENGTH(body)", StringComparison.Ordinal)} FROM deliveries ORDER BY seq"))
        using (var reader = select.ExecuteReader())
        {
            while (reader.Read())
            {
                if (Row(reader) is { } row)
                {
                    each(row.Entry, row.Entry.Bytes + reader.GetInt64(7));
                }
                else
                {
                    unreadable.Add(reader.GetInt64(0));
                }
            }
        }

        Stick(unreadable);
        return unreadable.Count;
    }

    /// <returns>Those that were there; and when the first that then waits arrived.</returns>
    public (IReadOnlyList<JournalProgress> Settled, DateTimeOffset? OldestAt) Settle(IReadOnlyCollection<JournalProgress> progress)
    {
        var settled = new List<JournalProgress>(progress.Count);
        using var transaction = connection.BeginTransaction();

        // By both: another journal may have been begun since they were read, and places are given anew there.
        using var delete = connection.Command("DELETE FROM deliveries WHERE seq = $seq AND delivery_id = $id");
        using var update = connection.Command(
            "UPDATE deliveries SET waiting = $waiting, done = $done, stuck = $stuck WHERE seq = $seq AND delivery_id = $id");
        foreach (var one in progress)
        {
            var (row, left, stuck) = one;
            var statement = left is null ? delete : update;
            statement.Parameters.Clear();
            statement.Parameters.AddWithValue("$seq", row.Seq);
            statement.Parameters.AddWithValue("$id", row.Entry.Arrival.DeliveryId.ToString());
            if (left is not null)
            {
                statement.Parameters.AddWithValue("$waiting", Text(left.Waiting));
                statement.Parameters.AddWithValue("$done", Text(left.Done));
                statement.Parameters.AddWithValue("$stuck", (object?)stuck ?? DBNull.Value);
            }

            if (statement.ExecuteNonQuery() == 1)
            {
                settled.Add(one);
            }
        }

        var oldestAt = OldestAt();
        transaction.Commit();
        return (settled, oldestAt);
    }

    /// <summary>Whether the disk takes anything: writes what is there already.</summary>
    public void Touch() => connection.Run($"PRAGMA user_version = {JournalFile.Version}");

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

    /// <inheritdoc cref="JournalFile.Rewrite"/>
    public void Rewrite(string directory, DateTimeOffset now) => JournalFile.Rewrite(connection, directory, now);

    public void Dispose() => connection.Dispose();

    private void Stick(List<long> unreadable)
    {
        foreach (var seq in unreadable)
        {
            connection.Run($"UPDATE deliveries SET stuck = '{Unreadable}' WHERE seq = {seq}");
        }
    }

    /// <summary>Without its body. Null when it is none of ours: SQLite has no checksums, so a text may be damaged.</summary>
    private static JournalRow? Row(SqliteDataReader reader)
    {
        try
        {
            var at = Time(reader.GetInt64(4));
            var source = Enum.GetValues<WebhookSource>().Single(one => one.Text() == reader.GetString(2));
            var arrival = new Arrival(Guid.Parse(reader.GetString(1), CultureInfo.InvariantCulture), source, reader.GetString(3), at, at);
            return new(reader.GetInt64(0), new(arrival, [], Keys(reader.GetString(5)), Keys(reader.GetString(6))));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or InvalidCastException or ArgumentException)
        {
            return null;
        }
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
