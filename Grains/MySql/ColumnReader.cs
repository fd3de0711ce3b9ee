using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>Reads a row's columns one after the other, so that a SELECT list and its reader stay in one order.</summary>
internal sealed class ColumnReader(MySqlDataReader row)
{
    private int _next;

    public string Text() => row.GetString(_next++);

    public string? TextOrNull() => IsNull() ? null : row.GetString(_next++);

    public long Number() => row.GetInt64(_next++);

    public long? NumberOrNull() => IsNull() ? null : Number();

    public bool Bool() => row.GetBoolean(_next++);

    public bool? BoolOrNull() => IsNull() ? null : row.GetBoolean(_next++);

    public DateTimeOffset Time() => new(row.GetDateTime(_next++), TimeSpan.Zero);

    public DateTimeOffset? TimeOrNull() => IsNull() ? null : Time();

    public Guid Guid() => new(row.GetFieldValue<byte[]>(_next++), bigEndian: true);

    public IncidentKey IncidentKey() => Interfaces.IncidentKey.TryParse(row.GetString(_next++), out var key)
        ? key
        : throw new FormatException("A stored incident key does not have the form of one.");

    public IncidentId? IncidentId() =>
        IsNull() ? null : Interfaces.IncidentId.TryParse(row.GetString(_next++), out var id)
            ? id
            : throw new FormatException("A stored incident id does not have the form of one.");

    private bool IsNull()
    {
        var isNull = row.IsDBNull(_next);
        _next += isNull ? 1 : 0;
        return isNull;
    }
}
