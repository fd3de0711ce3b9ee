using System.Buffers;
using System.Text;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>Writes members of a JSON object from clean text, in as few bytes as JSON allows.</summary>
internal static class JsonMembers
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\"\\\t\n\r");

    public static void Append(StringBuilder json, string name, string text)
    {
        AppendName(json, name);
        AppendText(json, text);
    }

    /// <summary>The name and its colon; a value has to follow.</summary>
    public static void AppendName(StringBuilder json, string name)
    {
        if (json[^1] != '{')
        {
            json.Append(',');
        }

        AppendText(json, name);
        json.Append(':');
    }

    private static void AppendText(StringBuilder json, string text)
    {
        json.Append('"');
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is var at and >= 0)
        {
            json.Append(rest[..at]).Append('\\').Append(rest[at] switch
            {
                '\t' => 't',
                '\n' => 'n',
                '\r' => 'r',
                var same => same,
            });
            rest = rest[(at + 1)..];
        }

        json.Append(rest).Append('"');
    }
}
