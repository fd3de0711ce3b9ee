using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.TestKit;

/// <summary>What differs, a line each; nothing when nothing does.</summary>
internal static class Difference
{
    public static IEnumerable<string> Between(StoredRow stored, StoredRow replayed, params string[] except) =>
        from column in stored.Columns.Union(replayed.Columns).Except(except)
        where !Equals(stored[column], replayed[column])
        select $"{column}: stored {Show(stored[column])}, replayed {Show(replayed[column])}";

    /// <summary>Every member, whether it has a column or not.</summary>
    public static IEnumerable<string> Between(Episode memory, Episode replayed) =>
        from member in typeof(Episode).GetProperties().Where(static member => member.Name != nameof(Episode.Instances))
        let pair = (Memory: member.GetValue(memory), Replayed: member.GetValue(replayed))
        where !Equals(pair.Memory, pair.Replayed)
        select $"{member.Name}: in memory {Show(pair.Memory)}, replayed {Show(pair.Replayed)}";

    public static IEnumerable<string> Between(
        IReadOnlyDictionary<string, Instance> found, IReadOnlyDictionary<string, Instance> replayed) =>
        from fingerprint in found.Keys.Union(replayed.Keys).Order(StringComparer.Ordinal)
        let one = found.TryGetValue(fingerprint, out var known) ? known : (Instance?)null
        let other = replayed.TryGetValue(fingerprint, out var known) ? known : (Instance?)null
        where one != other
        select $"series {fingerprint}: found {Show(one)}, replayed {Show(other)}";

    public static Dictionary<string, Instance> InstancesOf(IEnumerable<StoredRow> rows) => rows.ToDictionary(static row => row.Text("fingerprint"), static row => new Instance(
            SnakeCase.Read<AlertState>(row.Text("state")),
            row.Text("severity"),
            row.Time("starts_at"),
            row.TimeOrNull("ends_at"),
            row.Time("last_seen_at")));

    private static string Show(object? value) => value switch
    {
        null => "nothing",
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff"),
        _ => $"'{value}'",
    };
}
