using System.Globalization;
using System.Text;
using MySqlConnector;

namespace Incidents.Benchmarks.Pages;

/// <summary>Rows of one table, sent by the thousand. All text is of our own making: nothing in it needs escaping.</summary>
internal sealed class SeedRows(MySqlConnection connection, string into)
{
    private const int MostCharacters = 2_000_000;

    private readonly StringBuilder _sql = new();

    public async Task Add(string row, CancellationToken cancel)
    {
        _sql.Append(_sql.Length == 0 ? $"INSERT INTO {into} VALUES " : ",").Append(row);
        if (_sql.Length > MostCharacters)
        {
            await Send(cancel);
        }
    }

    public async Task Send(CancellationToken cancel)
    {
        if (_sql.Length > 0)
        {
            await using var insert = new MySqlCommand(_sql.ToString(), connection) { CommandTimeout = 600 };
            await insert.ExecuteNonQueryAsync(cancel);
            _sql.Clear();
        }
    }

    public static string Time(DateTime time) => time.ToString(@"\'yyyy-MM-dd HH:mm:ss.ffffff\'", CultureInfo.InvariantCulture);
}
