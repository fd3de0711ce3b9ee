using System.Text.RegularExpressions;

namespace Incidents.Grains.Tests.RepoShape;

/// <summary>Text that a source file must not contain.</summary>
internal static partial class Forbidden
{
    public const int MostLines = 250;

    /// <summary>Implicit usings bring files, network and tasks in without a using, so their types are named too.</summary>
    [GeneratedRegex(
        @"\b(Orleans|MySqlConnector|System\.(Data|Net|IO|Diagnostics\.Process|Threading)\b|Microsoft\.Extensions\.(?!Options\b)"
        + @"|TimeProvider|Random|RandomNumberGenerator|Guid\.(NewGuid|CreateVersion7)|DateTime(Offset)?\.(Utc)?(Now|Today)"
        + @"|Stopwatch|Task|ValueTask|Thread|Timer|HttpClient|File|Directory|FileInfo|Stream|StreamReader|StreamWriter"
        + @"|Console|Environment|ILogger)\b")]
    public static partial Regex InDomain();

    [GeneratedRegex(@"\bMicrosoft\.Extensions\.Options\b")]
    public static partial Regex OptionsNamespace();

    [GeneratedRegex(@"(?i:\bINSERT\s+((LOW_PRIORITY|DELAYED|HIGH_PRIORITY)\s+)?IGNORE\b)")]
    public static partial Regex InsertIgnore();

    /// <summary>The statement in all of its forms, not the function <c>REPLACE(a, b, c)</c>.</summary>
    [GeneratedRegex(
        @"(?i:\bREPLACE\s+((LOW_PRIORITY|DELAYED)\s+)?INTO\b)|\bREPLACE\s+\(|\bREPLACE\s+[\w`]+\s*(\(|VALUES\b|SET\b|SELECT\b)")]
    public static partial Regex ReplaceStatement();

    /// <summary>A bare catch may clean up and throw on.</summary>
    [GeneratedRegex(@"\bcatch\s*(\{(?![^{}]*\bthrow;\s*\})|\(\s*(System\.)?Exception(\s+\w+)?\s*\)(?!\s*when\b))")]
    public static partial Regex CatchAll();

    [GeneratedRegex(@"\b(TODO|FIXME)\b")]
    public static partial Regex Unfinished();

    [GeneratedRegex(@"\b(class|interface|record|struct|enum|namespace)\s+[\w.]*(Manager|Helpers?|Utils?|Common)\b")]
    public static partial Regex VagueName();

    [GeneratedRegex(@"(Manager|Helpers?|Utils?|Common)(/|\.)")]
    public static partial Regex VaguePath();
}
