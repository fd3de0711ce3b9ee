using Incidents.Grains.Interfaces;
using Incidents.WebFront.Spool;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Incidents.WebFront.Tests.Spool;

public sealed class SpoolDiskTests : IDisposable
{
    private const int Full = 13;
    private const int IoError = 10;
    private const int Corrupt = 11;

    private readonly JournalFolder _at = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly SpoolIndex _index = new();
    private readonly SpoolDisk _disk;

    public SpoolDiskTests() => _disk = new(_at.Folder, _index, _clock, NullLogger.Instance);

    public void Dispose()
    {
        _disk.Dispose();
        _at.Dispose();
    }

    [Theory]
    [InlineData(IoError)]
    [InlineData(Corrupt)]
    public async Task After_a_failure_it_is_opened_anew_with_all_that_waits(int error)
    {
        _disk.Open();
        await _disk.Do(static journal => Append(journal));
        await Fails(error);
        await Assert.ThrowsAsync<IOException>(() => Count()); // not by everybody at once

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await Count());
        Assert.Equal((1, 0), (_index.Figures.Deliveries, _index.Figures.SetAside)); // it was sound
    }

    [Fact]
    public async Task A_full_disk_leaves_it_open()
    {
        _disk.Open();
        await _disk.Do(static journal => Append(journal));

        await Fails(Full);

        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task What_cannot_be_opened_anew_is_tried_again()
    {
        _disk.Open();
        await Fails(IoError);
        var folder = _at.Folder;
        Directory.Move(folder, folder + "-away");
        await File.WriteAllTextAsync(folder, "in its place", TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<IOException>(() => Count());

        File.Delete(folder);
        Directory.Move(folder + "-away", folder);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, await Count());
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("journal.db-wal")]
    [InlineData(".")]
    public async Task A_journal_that_somebody_removes_is_written_anew(string removed)
    {
        _disk.Open();
        await _disk.Do(static journal => Append(journal));
        var path = Path.Combine(_at.Folder, removed);
        if (removed == ".")
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }

        await _disk.Do(static journal => Append(journal));
        _disk.Dispose();

        using var again = new SpoolDisk(_at.Folder, _index, _clock, NullLogger.Instance);
        again.Open();
        Assert.Equal(2, _index.Figures.Deliveries);
    }

    private Task<int> Count() => _disk.Do(static journal => journal.Read(0, 10, long.MaxValue, new HashSet<IncidentKey>()).Rows.Count);

    private Task<IOException> Fails(int error) => Assert.ThrowsAsync<IOException>(() => _disk.Do<int>(_ => throw new SqliteException("no", error)));

    private static int Append(Journal journal)
    {
        journal.Append([JournalFolder.Entry("grafana", "1")]);
        return 1;
    }
}
