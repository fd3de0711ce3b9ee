using System.Globalization;

namespace Incidents.TestKit;

/// <summary>A row by column name, with the types that a driver may hand out made one: times are UTC, integers long,
/// binary is hex.</summary>
internal sealed class StoredRow
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public StoredRow(IEnumerable<string> columns, IEnumerable<object?> values)
    {
        foreach (var (column, value) in columns.Zip(values))
        {
            this[column] = value;
        }
    }

    public IReadOnlyCollection<string> Columns => _values.Keys;

    public object? this[string column]
    {
        get => _values[column];
        set => _values[column] = value switch
        {
            DBNull => null,
            DateTime time => new DateTimeOffset(time, TimeSpan.Zero),
            byte[] bytes => Convert.ToHexStringLower(bytes),
            int or uint or ulong or short or ushort or sbyte or byte => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            _ => value,
        };
    }

    public string Text(string column) => (string)this[column]!;

    public string? TextOrNull(string column) => (string?)this[column];

    public long Number(string column) => (long)this[column]!;

    public DateTimeOffset Time(string column) => (DateTimeOffset)this[column]!;

    public DateTimeOffset? TimeOrNull(string column) => (DateTimeOffset?)this[column];
}
