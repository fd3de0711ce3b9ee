using Incidents.Grains.Interfaces;
using Incidents.TestKit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>Alerts that WebFront would not let through, and what each server does with them.</summary>
internal sealed record Poison(string Name, bool MariaDbRefuses, bool MySqlRefuses, Func<Alert, Alert> Spoil)
{
    public static readonly IReadOnlyList<Poison> All =
    [
        new("over-long text", true, true, static a => a with { AlertName = new('x', 300) }),
        new("broken JSON", true, true, static a => a with { Labels = "{" }),
        new("empty JSON", true, true, static a => a with { Annotations = "" }),
        new("lone surrogate, escaped", true, true, static a => a with { Labels = """{"a":"\ud800"}""" }),
        new("lone surrogate in text", false, false, static a => a with { Message = "a\ud800b" }),
        new("NUL in text", false, false, static a => a with { Message = "a\0b" }),
        new("nested 40 deep", true, false, static a => a with { Labels = Nested(40) }),
        new("nested 120 deep", true, true, static a => a with { Labels = Nested(120) }),
        new("1e999", false, true, static a => a with { Labels = """{"a":1e999}""" }),
        new("bytes that are no UTF-8", true, true, static a => a with { Raw = [(byte)'{', 0xFF, (byte)'}'] }),
        new("a year before 1000", false, false, static a => a with { StartsAt = new(1, 1, 2, 0, 0, 0, TimeSpan.Zero) }),
        new("a state that no rule knows", true, true, static a => a with { State = (AlertState)9 }),
    ];

    public static IEnumerable<string> Names => All.Select(static one => one.Name);

    public static Poison Of(string name) => All.Single(one => one.Name == name);

    public AlertFate FateOn(TestDatabase database) =>
        (database.IsMariaDb ? MariaDbRefuses : MySqlRefuses) ? AlertFate.Unstorable : AlertFate.Stored;

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
