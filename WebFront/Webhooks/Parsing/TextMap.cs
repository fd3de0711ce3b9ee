using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>
/// The labels, or the annotations, of one alert: clean names and texts in the order in which they came; a repeated
/// name has its last text. Holds the first <paramref name="max"/> and those that are <paramref name="always"/> kept,
/// and counts the rest. Reused from alert to alert.
/// </summary>
internal sealed class TextMap(int max, FrozenSet<string> always)
{
    /// <summary>Tells in the stored JSON how many members are only in the raw payload.</summary>
    public const string LeftOutName = "__only_in_raw_payload__";

    // Characters. MySQL refuses a JSON member whose name has over 65,535 bytes, and with it the whole row.
    private const int MaxName = 1_024;

    private readonly OrderedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly StringBuilder _json = new();

    public int LeftOut { get; private set; }

    public IEnumerable<KeyValuePair<string, string>> Texts => _texts;

    /// <summary>The text under a name, or empty.</summary>
    public string this[string name] => _texts.TryGetValue(name, out var text) ? text : string.Empty;

    public string First(string[] names) => FirstName(names) is { } name ? this[name] : string.Empty;

    /// <summary>The first of the names whose text is not empty.</summary>
    public string? FirstName(string[] names)
    {
        foreach (var name in names)
        {
            if (this[name].Length > 0)
            {
                return name;
            }
        }

        return null;
    }

    public void Clear()
    {
        _texts.Clear();
        LeftOut = 0;
    }

    /// <summary>Reads the object at which the reader stands. Numbers and booleans become their text; null, arrays and
    /// objects are no text and are skipped.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = CleanText.Read(reader.ValueSpan);
            reader.Read();
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number
                or JsonTokenType.True or JsonTokenType.False)
            {
                Keep(name, reader.ValueSpan);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>Written by hand: the texts hold no control characters but three, so little is to be escaped, and
    /// Utf8JsonWriter's most relaxed encoder makes twelve bytes of each emoji's four.</summary>
    public string ToJson()
    {
        if (_texts.Count == 0)
        {
            return "{}";
        }

        _json.Clear().Append('{');
        foreach (var (name, text) in _texts)
        {
            JsonMembers.Append(_json, name, text);
        }

        if (LeftOut > 0)
        {
            JsonMembers.Append(_json, LeftOutName, LeftOut.ToString(CultureInfo.InvariantCulture));
        }

        return _json.Append('}').ToString();
    }

    private void Keep(string name, ReadOnlySpan<byte> token)
    {
        var namable = name.Length <= MaxName;
        if ((namable && _texts.Count < max) || always.Contains(name) || (namable && _texts.ContainsKey(name)))
        {
            _texts[name] = CleanText.Read(token);
        }
        else
        {
            LeftOut++;
        }
    }
}
