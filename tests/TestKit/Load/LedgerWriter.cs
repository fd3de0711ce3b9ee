using System.Text.Json;
using System.Threading.Channels;

namespace Incidents.TestKit.Load;

/// <summary>Writes the plan and then every request with its answer, a line each, as they end. What waits to be written
/// is bounded: a slow disk makes the storm late, which shows.</summary>
public sealed class LedgerWriter : IAsyncDisposable
{
    private const int MostWaiting = 4_096;

    private readonly Channel<LedgerEntry> _waiting =
        Channel.CreateBounded<LedgerEntry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly FileStream _file;
    private readonly Task _writing;

    public LedgerWriter(string path, StormPlan plan)
    {
        _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        Line(plan);
        _file.Flush();
        _writing = Task.Run(Write);
    }

    /// <summary>Waits while too many are ahead.</summary>
    public ValueTask Note(LedgerEntry entry) => _waiting.Writer.WriteAsync(entry);

    /// <summary>All that was noted is in the file afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        try
        {
            await _writing;
        }
        finally
        {
            await _file.DisposeAsync();
        }
    }

    private async Task Write()
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync())
            {
                while (_waiting.Reader.TryRead(out var entry))
                {
                    Line(entry);
                }

                await _file.FlushAsync();
            }
        }
        catch (IOException e)
        {
            _waiting.Writer.TryComplete(e); // whoever notes the next one hears it: no storm without its ledger
            throw;
        }
    }

    private void Line<T>(T line)
    {
        JsonSerializer.Serialize(_file, line, JsonSerializerOptions.Web);
        _file.WriteByte((byte)'\n');
    }
}
