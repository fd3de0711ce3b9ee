using System.Globalization;
using System.Text;
using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>
/// SQL text and its values, gathered statement by statement and sent as one command. Values are bound to positional
/// <c>?</c>, which was 1.3 (MariaDB) to 1.6 (MySQL) times as fast as names at 500 rows a packet.
/// </summary>
internal sealed class SqlPacket
{
    private readonly StringBuilder _text = new();
    private readonly List<object?> _values = [];

    public SqlPacket Sql(string text)
    {
        _text.Append(text);
        return this;
    }

    public SqlPacket Sql(int number)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{number}");
        return this;
    }

    /// <summary>Repeats a text once per item, separated, and binds the values of each.</summary>
    public SqlPacket Each<T>(IEnumerable<T> items, string text, Action<T, Row> bind, string separator = ", ")
    {
        var first = true;
        foreach (var item in items)
        {
            _text.Append(first ? "" : separator).Append(text);
            first = false;
            bind(item, new(_values));
        }

        return this;
    }

    public MySqlCommand On(MySqlConnection connection)
    {
        var command = new MySqlCommand(_text.ToString(), connection);
        foreach (var value in _values)
        {
            command.Parameters.Add(new MySqlParameter { Value = value });
        }

        return command;
    }

    /// <summary>Binds one row's values in the order of its question marks. Enums go by name: the driver would send a
    /// number, which an ENUM column takes as an index.</summary>
    internal readonly struct Row(List<object?> values)
    {
        public Row Add(string? value) => Put(value);

        public Row Add(long value) => Put(value);

        public Row Add(long? value) => Put(value);

        public Row Add(ulong value) => Put(value);

        public Row Add(bool? value) => Put(value);

        public Row Add(byte[] value) => Put(value);

        public Row Add(DateTimeOffset? value) => Put(value);

        public Row Add(IncidentKey value) => Put(value.Value);

        public Row Add(IncidentId value) => Put(value.Value);

        public Row Add(Guid? value) => Put(value?.ToByteArray(bigEndian: true));

        private Row Put(object? value)
        {
            values.Add(value ?? DBNull.Value);
            return this;
        }
    }
}
