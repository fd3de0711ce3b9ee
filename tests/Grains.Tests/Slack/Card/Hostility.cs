using FsCheck;
using FsCheck.Fluent;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack.Card;

namespace Incidents.Grains.Tests.Slack.Card;

/// <summary>A card of anything at all.</summary>
public sealed class AnyCard
{
    internal AnyCard(CardFacts facts, CardStyle style, bool isNew) => (Facts, Style, IsNew) = (facts, style, isNew);

    internal CardFacts Facts { get; }

    internal CardStyle Style { get; }

    internal bool IsNew { get; }

    public override string ToString() => $"{Facts} {Style} {IsNew}";
}

/// <summary>A text and how long it may be.</summary>
public sealed record AnyText(string Text, int Most);

/// <summary>Texts made of what has a meaning to Slack, to Unicode or to us.</summary>
public static class Hostility
{
    private static readonly string[] Pieces =
    [
        "<!channel>", "<!here|x>", "<@U012AB3CD>", "<#C123ABC456>", "<!subteam^SAZ94GDB8>", "<!date^0^{date}^https://evil.example|x>",
        "<https://evil.example/|Runbook>", "<http", "&", "&amp;", "&lt;", "<", ">", "|", "*bold*", " _it_ ", "__", "~s~", "`code`", "```",
        "\n> quote", ">>> quote", "@here", "@everyone", "a@b.com", "#general", ":fire:", ":a:b:c:", "12:30:45", "job:up:sum", "node_cpu_seconds",
        "https://grafana.example.com/d?a=1&b=2", "www.evil.example", "javascript:alert(1)", "http://prometheus-b:9090", "10.30.0.12:9090", "host=db1",
        "\n", "\r\n", "\t", "\0", "\u001B[31m", "\u0085", "\u2028", "\u202E", "\u2066", "\u200B", "\u200D", "\u200C", "\uFEFF", "\u00AD", "\u3164",
        "\uD83D", "\uDE00", "\uFFFF", "👩‍👩‍👧", "👩🏽‍❤️‍💋‍👨🏿", "🇰🇷", "1️⃣", "é", "e\u0301", "한", "한글", "ᄀ", "نص", "ก็", "x", " ", ".", "…", "''\"",
        "🏴\U000E0067\U000E0062", "\U000E0101", "(Slack U045ONCALL)", "minsu.kim (Slack U045ONCALL)", "{\"a\":1}", "[host]", "{0}", "critical",
    ];

    private static readonly string[] Sizes =
    [
        new('x', 3_000), new('<', 3_000), new('&', 300), new('ᄀ', 5_000), "e" + new string('\u0301', 4_000), new('\n', 500), new('.', 400), new(':', 400),
        string.Concat(Enumerable.Repeat("👩\u200D", 400)), string.Concat(Enumerable.Repeat("a.", 1_000)), string.Concat(Enumerable.Repeat("a:", 1_000)),
        string.Concat(Enumerable.Repeat("*_~`@#", 200)), new('\u202E', 1_000), string.Concat(Enumerable.Repeat("🔥", 700)), string.Concat(Enumerable.Repeat("ab12-", 800)),
    ];

    private static readonly string[] Addresses =
    [
        "https://grafana.example.com/d/x?a=1&b=<|>", "http://a/" + new string('b', 950), "https://a/" + new string('&', 990), "https://결제.example.com/",
        "https://a.example/결제?q=높음 |x>", "javascript:alert(1)", "file:///etc/passwd", "https://grafana@evil.example/", "//evil.example", "https://", "",
        "https://a/\n\u202E*`~_@#", "https://[::1]:9/%zz", "HTTPS://A.EXAMPLE/\uD83D",
    ];

    private static readonly DateTimeOffset[] Times =
    [
        DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, new(2026, 11, 20, 11, 15, 30, TimeSpan.FromHours(9)),
        new(1, 1, 1, 0, 0, 0, TimeSpan.FromHours(-14)), new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero),
    ];

    private static readonly double[] Numbers =
        [0, -0.0, 1, -1, 96.34521739130435, 1e-5, -1e-300, 9.9999e14, 1e15, double.MaxValue, double.Epsilon, double.NaN, double.NegativeInfinity, 999.95];

    private static readonly Gen<string> Text =
        from pieces in Gen.Frequency((20, Gen.Elements(Pieces)), (1, Gen.Elements(Sizes))).ArrayOf()
        from spaced in Gen.Elements(true, false)
        select string.Join(spaced ? " " : "", pieces);

    private static readonly Gen<string> SomeText = Gen.Frequency((1, Gen.Constant("")), (6, Text));

    private static readonly Gen<string?> Address = Gen.Frequency(
        (6, Gen.Elements(Addresses).Select(static address => (string?)address)), (1, Gen.Constant<string?>(null)), (2, Text.Select(static text => (string?)$"https://{text}")));

    private static readonly Gen<CardLinks> Links =
        from addresses in Address.ArrayOf(5)
        select new CardLinks(addresses[0], addresses[1], addresses[2], addresses[3], addresses[4]);

    private static readonly Gen<(string, double)> Value =
        from name in SomeText
        from number in Gen.Elements(Numbers)
        select (name, number);

    private static readonly Gen<CardFacts> Facts =
        from texts in SomeText.ArrayOf(13)
        from flags in Gen.Elements(true, false).ArrayOf(6)
        from status in Gen.Elements(Enum.GetValues<IncidentStatus>())
        from resolution in Gen.Elements(Enum.GetValues<Resolution>())
        from times in Gen.Elements(Times).ArrayOf(3)
        from counts in Gen.Elements(0, 1, 2, int.MaxValue, int.MinValue).ArrayOf(3)
        from alerts in Gen.Elements(0, 1, 37, long.MaxValue, long.MinValue)
        from values in Value.ArrayOf()
        from links in Links
        select new CardFacts
        {
            Id = Cards.Id,
            Revision = counts[2],
            Status = status,
            Severity = flags[5] ? "critical" : texts[0],
            PeakSeverity = flags[5] ? "critical" : texts[1],
            IsTest = flags[0],
            Title = texts[2],
            Summary = texts[3],
            Parts = new(texts[4], texts[5], texts[6], texts[7], texts[8]),
            StartTime = times[0],
            Alerts = alerts,
            Instances = counts[0],
            Firing = counts[1],
            IsIncomplete = flags[1],
            Acknowledged = flags[2] ? (times[1], texts[9]) : null,
            Resolved = flags[3] ? (times[2], flags[4] ? texts[9] : null, resolution) : null,
            ActionTaken = flags[4] ? texts[10] : null,
            RootCause = texts[11],
            IsNoise = flags[2] ? flags[3] : null,
            Values = [.. values],
            Links = links,
            DatasourceError = flags[4] ? texts[12] : null,
        };

    public static Arbitrary<AnyCard> Card() => Arb.From(
        from facts in Facts
        from mention in Gen.Elements("here", "channel", "U012AB3CD", "W012AB3CD", "SAZ94GDB8", null)
        from shows in Gen.Elements(true, false)
        from isNew in Gen.Elements(true, false)
        select new AnyCard(facts, new(mention, shows, "critical"), isNew));

    public static Arbitrary<AnyText> TextToCut() => Arb.From(
        from text in Text
        from most in Gen.Choose(1, 80)
        select new AnyText(text, most));
}
