using System.Text;
using System.Text.RegularExpressions;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>Gives a body incident keys that no other test has, by its label <c>cluster</c>.</summary>
internal static partial class Vary
{
    /// <summary>A cluster nobody has. The clusters of a fixture become <c>NAME-a</c> and <c>NAME-b</c>.</summary>
    public static string NewName() => $"c{Guid.NewGuid():N}"[..12];

    public static byte[] Fixture(string fixture, string name) => Body(Fixtures.Read(fixture), name);

    /// <summary>Byte by byte: the body need not be UTF-8.</summary>
    public static byte[] Body(byte[] body, string name)
    {
        var text = Encoding.Latin1.GetString(body);
        var varied = LabelledCluster().IsMatch(text)
            ? text.Replace("prod-apne2-", name + "-", StringComparison.Ordinal)
                .Replace("prod\\u0000apne2", name + "\\u0000-a", StringComparison.Ordinal)
                .Replace("prod|<@U012AB3CD>|x", name + "|<@U012AB3CD>|x", StringComparison.Ordinal)
            : text.Replace("\"labels\": {", $"\"labels\": {{\n        \"cluster\": \"{name}\",", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(varied);
    }

    [GeneratedRegex("\"labels\": \\{[^}]*\"cluster\": \"")]
    private static partial Regex LabelledCluster();
}
