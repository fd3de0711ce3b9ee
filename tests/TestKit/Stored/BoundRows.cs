using System.Text.RegularExpressions;
using Incidents.Grains.Domain;
using Incidents.Grains.MySql;
using MySqlConnector;

namespace Incidents.TestKit;

/// <summary>The rows that one of our statements would write, taken from its own column list and bound values.</summary>
internal static partial class BoundRows
{
    public static IReadOnlyList<StoredRow> Of(Action<SqlPacket, IReadOnlyList<KeyChange>> statement, KeyChange change)
    {
        var packet = new SqlPacket();
        statement(packet, [change]);
        using var connection = new MySqlConnection();
        using var command = packet.On(connection);
        if (command.CommandText.Length == 0)
        {
            return [];
        }

        var columns = Inserted().Match(command.CommandText) is { Success: true } insert
            ? insert.Groups[1].Value.Split(", ")
            : Selected().Matches(command.CommandText).Select(static match => match.Groups[1].Value).Distinct().ToArray();
        return [.. command.Parameters.Select(static value => value.Value).Chunk(columns.Length).Select(
            values => new StoredRow(columns, values))];
    }

    /// <summary>What an incident's row holds when the incident is as given.</summary>
    public static StoredRow Of(Episode episode, EpisodeOptions options)
    {
        var key = new KeyState(episode.Id.Key, 0, null);
        var row = Of(IncidentRows.Insert, new(key, key, default, null, [episode], [], [], [], [], options))[0];
        row["alerts_received"] = episode.AlertsReceived;
        return row;
    }

    [GeneratedRegex(@"^INSERT INTO \w+ \(([^)]*)\)")]
    private static partial Regex Inserted();

    [GeneratedRegex(@"\? AS (\w+)")]
    private static partial Regex Selected();
}
