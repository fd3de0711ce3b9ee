using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Incidents.WebFront.Spool;

/// <summary>The journal's file: readable by its owner only, used by one process at a time, written through to the disk,
/// and set aside (never deleted) when it is damaged or somebody else's.</summary>
internal static class JournalFile
{
    public const long Version = 1;

    private const string Name = "journal.db";
    private const string Aside = ".aside-";
    private const long ApplicationId = 0x494e4331; // "INC1"
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int SmallestDatabase = 100; // its header: https://sqlite.org/fileformat2.html

    private const int Busy = 5; // https://sqlite.org/rescode.html
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <param name="setAside">Where a file that could not be used was moved; else null.</param>
    /// <exception cref="IOException">It cannot be used, and why in words for an administrator.</exception>
    public static SqliteConnection Open(string directory, DateTimeOffset now, out string? setAside)
    {
        var path = In(directory);
        setAside = null;
        try
        {
            // SQLite would remove a WAL that has lost its database, without a word.
            if (!IsWithoutDatabase(path))
            {
                Prepare(path);
                if (TryOpen(path) is { } connection)
                {
                    return connection;
                }
            }

            setAside = SetAside(path, now);
            Prepare(path);
            return TryOpen(path) ?? throw new IOException($"Spool:Directory: a new journal in {directory} is damaged at once.");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Busy)
        {
            throw new IOException($"Spool:Directory must be a folder of this process's own: another one uses the journal in {directory}.", e);
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException or IOException { InnerException: null })
        {
            throw new IOException(
                $"Spool:Directory must be a folder that can be written, on a lasting disk ({directory}: {e.Message}). "
                + "Spool:Enabled=false does without, and then a database that is away means lost alerts.", e);
        }
    }

    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>Opened again it may go: the disk was away, or could only be read.</summary>
    public static bool IsDisk(SqliteException e) => e.SqliteErrorCode is ReadOnly or IoError or CannotOpen;

    /// <summary>How many journals were set aside and are still there.</summary>
    public static int CountAside(string directory) =>
        Directory.EnumerateFiles(directory, Name + Aside + "*").Count(static file => !Companions.Any(file.EndsWith));

    /// <summary>Both parts have their names still: somebody may have removed them.</summary>
    public static bool IsThere(string directory) =>
        In(directory) is var path && File.Exists(path) && File.Exists(path + Companions[0]);

    /// <summary>Writes it anew where it was, out of what this process still has open.</summary>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    public static void Rewrite(SqliteConnection connection, string directory, DateTimeOffset now)
    {
        var path = In(directory);
        if (File.Exists(path) || File.Exists(path + Companions[0]))
        {
            SetAside(path, now); // the half that is left
        }

        Prepare(path);
        connection.Run($"VACUUM INTO '{path.Replace("'", "''", StringComparison.Ordinal)}'");
    }

    private static string In(string directory) => Path.Combine(Path.GetFullPath(directory), Name);

    private static bool IsWithoutDatabase(string path) =>
        new FileInfo(path + Companions[0]) is { Exists: true, Length: > 0 }
        && new FileInfo(path) is not { Exists: true, Length: >= SmallestDatabase };

    private static string SetAside(string path, DateTimeOffset now)
    {
        var to = path + Aside + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        foreach (var part in Companions.Append(string.Empty).Where(part => File.Exists(path + part))) // the WAL is nothing alone
        {
            File.Move(path + part, to + part);
        }

        return to;
    }

    private static void Prepare(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, Owner | UnixFileMode.UserExecute);
        }

        if (new FileInfo(path).LinkTarget is { } link)
        {
            throw new IOException($"its journal is a link to {link}");
        }

        if (!File.Exists(path))
        {
            using var made = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner });
        }
    }

    /// <summary>Only once it is known to be ours. SQLite gives its companions the same.</summary>
    private static void KeepToOwner(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Owner);
        }
    }

    /// <summary>Null when the file is damaged or somebody else's.</summary>
    private static SqliteConnection? TryOpen(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            connection.Run("PRAGMA locking_mode = EXCLUSIVE");
            if (connection.Number("SELECT COUNT(*) FROM sqlite_schema") == 0)
            {
                connection.Run("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
                connection.Run($"BEGIN; PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; {Journal.Schema}; COMMIT");
            }

            if (IsOurs(connection)) // nothing is written to a file that is not
            {
                KeepToOwner(path);
                connection.Run("PRAGMA synchronous = FULL");
                connection.Run("BEGIN EXCLUSIVE; COMMIT"); // here the lock is taken, for good
                return connection;
            }
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            // Set aside by the caller.
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        return null;
    }

    private static bool IsOurs(SqliteConnection connection) =>
        connection.Number("PRAGMA application_id") == ApplicationId
        && connection.Number("PRAGMA user_version") == Version
        && connection.Text("PRAGMA quick_check(1)") == "ok";
}
