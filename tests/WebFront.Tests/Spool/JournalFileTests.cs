using System.Text;
using Incidents.WebFront.Spool;
using static Incidents.WebFront.Tests.Spool.JournalFolder;

namespace Incidents.WebFront.Tests.Spool;

public sealed class JournalFileTests : IDisposable
{
    private readonly JournalFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Only_its_owner_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other rights.");
            return;
        }

        using var journal = _at.Open();
        journal.Append([Entry("grafana", "secret")]);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var file in Directory.GetFiles(_at.Folder))
        {
            Assert.Equal(Owner, System.IO.File.GetUnixFileMode(file));
        }

        Assert.Equal(Owner | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(_at.Folder));
    }

    [Fact]
    public void A_second_process_is_refused()
    {
        using var journal = _at.Open();

        var refused = Assert.Throws<IOException>(() => _at.Open());

        Assert.StartsWith("Spool:Directory must be a folder of this process's own", refused.Message, StringComparison.Ordinal);
        journal.Append([Entry("grafana", "the first goes on")]);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        System.IO.File.WriteAllText(_at.Folder, "a file");

        var refused = Assert.Throws<IOException>(() => _at.Open());

        Assert.StartsWith("Spool:Directory must be a folder that can be written", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("foreign")]
    [InlineData("newer")]
    [InlineData("torn")]
    public void A_damaged_or_foreign_file_is_set_aside_and_a_new_one_begun(string fault)
    {
        using (var journal = _at.Open())
        {
            journal.Append([.. Enumerable.Range(0, 50).Select(static i => Entry($"s{i}", new string('x', 9000)))]);
        }

        Break(fault);
        var before = System.IO.File.ReadAllBytes(_at.File);

        using (var journal = new Journal(JournalFile.Open(_at.Folder, Noon, out var setAside)))
        {
            Assert.Equal(_at.File + ".aside-20261120T120000000", setAside);
            Assert.Equal(before, System.IO.File.ReadAllBytes(setAside!)); // not a byte of it is lost
            Assert.Equal(0, Count(journal));
            journal.Append([Entry("grafana", "1")]);
        }

        Assert.Equal(1, JournalFile.CountAside(_at.Folder));
        using var again = _at.Open();
        Assert.Equal(1, Count(again));
    }

    [Fact]
    public void A_wal_without_its_database_is_set_aside_too()
    {
        using (var journal = _at.Open())
        {
            journal.Append([Entry("grafana", "1")]);
            foreach (var part in new[] { "", "-wal" })
            {
                System.IO.File.Copy(_at.File + part, Path.Combine(_at.Parent, "copy" + part));
            }
        }

        System.IO.File.Delete(_at.File);
        System.IO.File.Move(Path.Combine(_at.Parent, "copy-wal"), _at.File + "-wal", overwrite: true); // as a kill leaves it

        using var again = new Journal(JournalFile.Open(_at.Folder, Noon, out var setAside));
        Assert.NotNull(setAside);
        Assert.True(new FileInfo(setAside + "-wal").Length > 0);
        Assert.Equal(0, Count(again));
    }

    [Fact]
    public void A_link_to_somebody_elses_file_is_refused_and_changes_nothing_there()
    {
        Directory.CreateDirectory(_at.Folder);
        var other = Path.Combine(_at.Parent, "other");
        System.IO.File.WriteAllText(other, "theirs");
        var before = new FileInfo(other).UnixFileMode;
        System.IO.File.CreateSymbolicLink(_at.File, other);

        var refused = Assert.Throws<IOException>(() => _at.Open());

        Assert.Contains("link", refused.Message, StringComparison.Ordinal);
        Assert.Equal(("theirs", before), (System.IO.File.ReadAllText(other), new FileInfo(other).UnixFileMode));
    }

    private void Break(string fault)
    {
        if (fault is "text" or "torn")
        {
            using var file = System.IO.File.OpenWrite(_at.File);
            file.Position = fault == "text" ? 0 : 4096 * 3;
            file.Write(Encoding.ASCII.GetBytes(new string('?', 4096 * 2)));
            return;
        }

        using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_at.File};Pooling=False");
        other.Open();
        other.Run(fault == "newer" ? "PRAGMA user_version = 2" : "PRAGMA application_id = 7");
    }
}
