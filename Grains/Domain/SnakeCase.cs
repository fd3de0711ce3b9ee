using System.Collections.Concurrent;
using System.Text.Json;

namespace Incidents.Grains.Domain;

/// <summary>The one spelling of our enums outside of C#: in columns, logs, metrics and JSON.</summary>
internal static class SnakeCase
{
    public static string Snake<T>(this T value)
        where T : struct, Enum => Names<T>.Written.GetOrAdd(
            value, static v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

    public static T Read<T>(string text)
        where T : struct, Enum => Array.Find(Enum.GetValues<T>(), value => value.Snake() == text) is var found
            && Enum.IsDefined(found)
                ? found
                : throw new FormatException($"'{text}' is no {typeof(T).Name}.");

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly ConcurrentDictionary<T, string> Written = new();
    }
}
