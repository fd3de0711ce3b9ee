using System.Text.Json;

namespace Incidents.TestKit.Load;

/// <summary>Reads a ledger line by line.</summary>
/// <exception cref="FormatException">It is none, or was cut.</exception>
public sealed class LedgerFile
{
    private readonly string _path;

    public LedgerFile(string path)
    {
        _path = path;
        Plan = File.ReadLines(path).Select(line => Read<StormPlan>(line, 1)).FirstOrDefault()
            ?? throw new FormatException($"{path} is empty.");
    }

    public StormPlan Plan { get; }

    public IEnumerable<LedgerEntry> Entries() =>
        File.ReadLines(_path).Skip(1).Select((line, index) => Read<LedgerEntry>(line, index + 2));

    private T Read<T>(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web)
                ?? throw new FormatException($"{_path}:{number} says nothing.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"{_path}:{number} is no line of a ledger: {e.Message}", e);
        }
    }
}
