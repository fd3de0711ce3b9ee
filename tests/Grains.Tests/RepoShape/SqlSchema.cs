using System.Text.RegularExpressions;

namespace Incidents.Grains.Tests.RepoShape;

/// <summary>What the CREATE TABLEs of sql/ say, read as text.</summary>
internal sealed partial class SqlSchema
{
    private readonly Dictionary<string, int> _uniqueKeys = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Table, string Column), string[]> _enums = [];

    public SqlSchema(IEnumerable<SourceFile> files)
    {
        foreach (var code in files.Select(static file => file.Code))
        {
            foreach (Match table in Table().Matches(code))
            {
                var (name, body) = (table.Groups["name"].Value, table.Groups["body"].Value);
                _uniqueKeys[name] = UniqueKey().Count(body);
                foreach (Match column in EnumColumn().Matches(body))
                {
                    _enums[(name, column.Groups["name"].Value)] =
                        [.. column.Groups["values"].Value.Split(',').Select(static value => value.Trim().Trim('\''))];
                }
            }

            foreach (Match column in ModifiedEnum().Matches(code))
            {
                _enums[(column.Groups["table"].Value, column.Groups["name"].Value)] =
                    [.. column.Groups["values"].Value.Split(',').Select(static value => value.Trim().Trim('\''))];
            }

            foreach (Match added in AddedUniqueKey().Matches(code))
            {
                _uniqueKeys[added.Groups["name"].Value] = _uniqueKeys.GetValueOrDefault(added.Groups["name"].Value) + 1;
            }
        }
    }

    public static SqlSchema OfRepo()
    {
        var files = SourceFile.All(".sql");
        return files.Count > 0 ? new(files) : throw new InvalidOperationException("There is no sql/*.sql.");
    }

    /// <summary>The names in a column's ENUM.</summary>
    public IReadOnlyCollection<string> EnumOf(string table, string column) =>
        _enums.TryGetValue((table, column), out var values)
            ? values
            : throw new InvalidOperationException($"{table}.{column} is no ENUM.");

    /// <summary>With several unique keys, ON DUPLICATE KEY UPDATE may hit another row than the one meant.</summary>
    public IEnumerable<string> UnsafeUpserts(SourceFile file)
    {
        foreach (Match upsert in Upsert().Matches(file.Code))
        {
            var insert = InsertInto().Matches(file.Code[..upsert.Index]).LastOrDefault();
            var table = insert?.Groups["name"].Value ?? "(no INSERT INTO before it)";
            if (_uniqueKeys.GetValueOrDefault(table) != 1)
            {
                yield return $"{file.At(upsert.Index)} [{table}: {_uniqueKeys.GetValueOrDefault(table)} unique keys]";
            }
        }
    }

    [GeneratedRegex(@"CREATE TABLE (IF NOT EXISTS )?`?(?<name>\w+)`?\s*\((?<body>.*?)\n\)[^;]*;",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Table();

    [GeneratedRegex(@"\bPRIMARY\s+KEY\b|\bUNIQUE\b", RegexOptions.IgnoreCase)]
    private static partial Regex UniqueKey();

    [GeneratedRegex(@"ALTER TABLE `?(?<name>\w+)`?[^;]*?\bADD\b[^;]*?\bUNIQUE\b|CREATE UNIQUE INDEX \w+ ON `?(?<name>\w+)`?",
        RegexOptions.IgnoreCase)]
    private static partial Regex AddedUniqueKey();

    [GeneratedRegex(@"\b(?<name>\w+)\s+ENUM\s*\((?<values>[^)]*)\)", RegexOptions.IgnoreCase)]
    private static partial Regex EnumColumn();

    [GeneratedRegex(@"ALTER TABLE (?<table>\w+)\s+MODIFY COLUMN (?<name>\w+)\s+ENUM\s*\((?<values>[^)]*)\)", RegexOptions.IgnoreCase)]
    private static partial Regex ModifiedEnum();

    [GeneratedRegex(@"\bON\s+DUPLICATE\s+KEY\s+UPDATE\b", RegexOptions.IgnoreCase)]
    private static partial Regex Upsert();

    [GeneratedRegex(@"\bINSERT\s+INTO\s+`?(?<name>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex InsertInto();
}
