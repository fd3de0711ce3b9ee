using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Incidents.TestKit.FakeSlack;

/// <summary>Says what is wrong with a node in Slack's words, or null.</summary>
/// <param name="at">Its JSON pointer.</param>
internal delegate string? BlockKitRule(JsonNode? node, string at);

/// <param name="IsRequired">Slack refuses the object without it.</param>
internal sealed record BlockKitMember(string Name, BlockKitRule Rule, bool IsRequired = true);

/// <summary>The parts that <see cref="BlockKitShapes"/> is made of.</summary>
internal static class BlockKitRules
{
    public static BlockKitRule Text(int least, int most) => (node, at) => TextOf(node) switch
    {
        null => Fault("must be a string", at),
        { Length: var length } when length < least => Fault($"must be more than {least - 1} characters", at),
        { Length: var length } when length > most => Fault($"must be less than {most + 1} characters", at),
        _ => null,
    };

    public static BlockKitRule Matching(string pattern) => (node, at) =>
        TextOf(node) is { } text && Regex.IsMatch(text, pattern) ? null : Fault("invalid value", at);

    public static BlockKitRule OneOf(params string[] values) => (node, at) =>
        TextOf(node) is { } text && values.Contains(text) ? null : Fault($"must be one of {string.Join(", ", values)}", at);

    public static BlockKitRule Flag { get; } = static (node, at) =>
        node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : Fault("must be a boolean", at);

    public static BlockKitRule Whole(int least, int most) => (node, at) =>
        node is JsonValue value && value.TryGetValue<int>(out var number) && number >= least && number <= most
            ? null
            : Fault($"must be a number from {least} to {most}", at);

    public static BlockKitRule List(int least, int most, BlockKitRule each) => (node, at) => node switch
    {
        JsonArray { Count: var count } when count < least => Fault($"no less than {least} items allowed", at),
        JsonArray { Count: var count } when count > most => Fault($"no more than {most} items allowed", at),
        JsonArray items => items.Select((item, index) => each(item, $"{at}/{index}")).FirstOrDefault(static fault => fault is not null),
        _ => Fault("must be an array", at),
    };

    /// <summary>An object with these members and no others.</summary>
    public static BlockKitRule Object(params IReadOnlyList<BlockKitMember> members) => (node, at) =>
        node is JsonObject found
            ? Missing(found, members, at) ?? Unknown(found, members, at) ?? Wrong(found, members, at)
            : Fault("must be an object", at);

    /// <summary>An object whose <c>type</c> says what else it must be.</summary>
    public static BlockKitRule ByType(IReadOnlyDictionary<string, BlockKitRule> types, params string[] allowed) => (node, at) =>
        node is not JsonObject found ? Fault("must be an object", at)
            : TextOf(found["type"]) is { } type && types.TryGetValue(type, out var rule) && (allowed.Length == 0 || allowed.Contains(type))
                ? rule(node, at)
                : Fault($"unsupported type: {TextOf(found["type"])}", at);

    public static string Fault(string what, string at) => $"{what} [json-pointer:{at}]";

    /// <summary>Null for what is no string, or one that is not Unicode.</summary>
    public static string? TextOf(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) && !HasLoneSurrogate(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped.
            return null;
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text, at))
            {
                at++;
            }
            else if (char.IsSurrogate(text[at]))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Missing(JsonObject found, IReadOnlyList<BlockKitMember> members, string at) =>
        members.FirstOrDefault(member => member.IsRequired && !found.ContainsKey(member.Name)) is { } missing
            ? Fault($"missing required field: {missing.Name}", at)
            : null;

    private static string? Unknown(JsonObject found, IReadOnlyList<BlockKitMember> members, string at) =>
        found.Select(static one => one.Key).FirstOrDefault(name => members.All(member => member.Name != name)) is { } unknown
            ? Fault($"invalid additional property: {unknown}", at)
            : null;

    private static string? Wrong(JsonObject found, IReadOnlyList<BlockKitMember> members, string at) => members
        .Where(member => found.ContainsKey(member.Name))
        .Select(member => member.Rule(found[member.Name], $"{at}/{member.Name}"))
        .FirstOrDefault(static fault => fault is not null);
}
