using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Incidents.Settings;

/// <summary>
/// Whether all that is configured below a section is really read. .NET's binder passes over a name that nobody knows, a
/// value where a list is meant or the reverse, and inside dictionaries what it cannot convert, with all that is beside it:
/// a lock that is set so would silently not exist. A fault names the key and the fix, never a value.
/// </summary>
internal static class SettingShape
{
    private const string Empty = "is set but empty: give it a value, or remove it";

    /// <summary>What <paramref name="options"/> has settings for.</summary>
    public static string[] Names(Type options) => [.. Members(options).Select(static member => member.Name)];

    /// <param name="elsewhere">Names that somebody else reads.</param>
    public static IEnumerable<string> Faults(IConfigurationSection section, Type options, params string[] elsewhere)
    {
        var members = Members(options).ToDictionary(static member => member.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren().Where(IsGiven))
        {
            if (members.TryGetValue(child.Key, out var member))
            {
                foreach (var fault in Of(child, member.PropertyType))
                {
                    yield return fault;
                }
            }
            else if (!elsewhere.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"{child.Path} is no setting: below {section.Path} there are {string.Join(", ", [.. members.Keys, .. elsewhere])}.";
            }
        }
    }

    private static IEnumerable<string> Of(IConfigurationSection given, Type type) => type switch
    {
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IDictionary<,>) =>
            Below(given, "names", Names, type.GetGenericArguments()[1]),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IList<>) =>
            Below(given, "numbers", Numbers, type.GetGenericArguments()[0]),
        _ when TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)) => Value(given, type),
        _ => given.Value is null
            ? Faults(given, type)
            : [$"{given.Path} is no setting by itself: below it there are {string.Join(", ", Names(type))}."],
    };

    private static IEnumerable<string> Below(IConfigurationSection given, string keys, Func<string, bool> isKey, Type type) =>
        given.Value is { Length: > 0 } ? [$"{given.Path} takes {keys} below it: write {given.Path}:{Example(keys)} ({Variable(given.Path)}__{Example(keys)})."]
        : given.Value is not null ? [$"{given.Path} {Empty}."]
        : given.GetChildren().Where(IsGiven).SelectMany(child => isKey(child.Key)
            ? Of(child, type)
            : [$"{child.Path} is no setting: {given.Path} takes {keys} below it, such as {given.Path}:{Example(keys)}."]);

    private static IEnumerable<string> Value(IConfigurationSection given, Type type) =>
        given.GetChildren().FirstOrDefault() is { } child ? [$"{child.Path} is no setting: {given.Path} takes one value."]
        : given.Value!.Length == 0 ? [$"{given.Path} {Empty}."]
        : IsRead(given.Value, type) ? []
        : [$"{given.Path} must be {Form(type)}."];

    /// <summary>As the binder does it.</summary>
    private static bool IsRead(string text, Type type)
    {
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Form(Type type) =>
        type == typeof(TimeSpan) ? "a time such as 00:05:00 (hours, minutes, seconds)"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : $"a {type.Name}";

    private static IEnumerable<PropertyInfo> Members(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite);

    private static bool IsGiven(IConfigurationSection section) => section.Value is not null || section.GetChildren().Any();

    private static bool Numbers(string key) => ushort.TryParse(key, out _);

    private static bool Names(string key) => key.Length > 0;

    private static string Example(string keys) => keys == "names" ? "NAME" : "0";

    private static string Variable(string path) => path.Replace(":", "__", StringComparison.Ordinal);
}
