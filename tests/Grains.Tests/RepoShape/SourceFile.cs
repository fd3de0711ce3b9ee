using System.Text.RegularExpressions;
using Incidents.TestKit;

namespace Incidents.Grains.Tests.RepoShape;

/// <param name="Path">From the root of the repository.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>The text without whole-line comments; the lines keep their numbers.</summary>
    public string Code { get; } = Path.EndsWith(".cs", StringComparison.Ordinal) ? CommentLine().Replace(Text, "")
        : Path.EndsWith(".sql", StringComparison.Ordinal) ? SqlComment().Replace(Text, "")
        : Text;

    /// <summary>This folder is left out: it spells out what it forbids.</summary>
    public static IReadOnlyList<SourceFile> All(params IReadOnlyCollection<string> extensions) =>
    [
        .. Repo.Files(extensions)
            .Where(static path => !path.Contains("RepoShape/", StringComparison.Ordinal))
            .Select(static path => new SourceFile(path, File.ReadAllText(System.IO.Path.Combine(Repo.Root, path)))),
    ];

    public IEnumerable<string> Offences(Regex forbidden) => forbidden.Matches(Code).Select(match => At(match.Index));

    /// <summary>As <c>file:line: text</c>.</summary>
    public string At(int index)
    {
        var line = Code.AsSpan(0, index).Count('\n');
        return $"{Path}:{line + 1}: {Code.Split('\n')[line].Trim()}";
    }

    [GeneratedRegex(@"^[ \t]*//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentLine();

    [GeneratedRegex("--.*$", RegexOptions.Multiline)]
    private static partial Regex SqlComment();
}
