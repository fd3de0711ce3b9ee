namespace Incidents.TestKit.Load;

/// <summary>What is sent: about which keys, in which states, how many alerts at once, and what of it comes again. Shares
/// are from 0 to 1.</summary>
public sealed record Mix
{
    /// <summary>Incident keys that alerts are drawn from.</summary>
    public int Keys { get; init; } = 1_000;

    /// <summary>The exponent of Zipf's law: 0 draws every key alike, 1 the second half as often as the first.</summary>
    public double Skew { get; init; }

    /// <summary>Fingerprints of a key.</summary>
    public int SeriesPerKey { get; init; } = 4;

    /// <summary>How many alerts a delivery has, and of which share of the deliveries.</summary>
    public IReadOnlyList<GroupSize> Groups { get; init; } = [new(1, 1)];

    /// <summary>Share of alerts that are resolved.</summary>
    public double Resolved { get; init; } = 0.2;

    /// <summary>Share of deliveries that tell an earlier one's alerts again, as Grafana does while they fire.</summary>
    public double Repeats { get; init; }

    /// <summary>Share of deliveries that are an earlier body, byte for byte, from the second server of a pair.</summary>
    public double Duplicates { get; init; }

    public TimeSpan DuplicateAfter { get; init; } = TimeSpan.Zero;

    /// <summary>Share of alerts with labels beyond ASCII.</summary>
    public double Unicode { get; init; }

    /// <summary>Share of keys that are critical; the others are of severity warning. Null: each alert is of any severity.</summary>
    public double? Critical { get; init; }

    /// <summary>How long a series keeps its startsAt.</summary>
    public TimeSpan Episode { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Those that have a name.</summary>
    public static IReadOnlyDictionary<string, Mix> Presets { get; } = new Dictionary<string, Mix>
    {
        ["everyday"] = new()
        {
            Skew = 1,
            Groups = [new(1, 0.9), new(10, 0.095), new(200, 0.005)],
            Repeats = 0.2,
            Duplicates = 0.1,
            DuplicateAfter = TimeSpan.FromSeconds(15),
            Unicode = 0.1,
        },
        ["uniform"] = new(),
        ["zipf"] = new() { Skew = 1 },
        ["hot-key"] = new() { Keys = 1, SeriesPerKey = 100 },
        ["flapping"] = new() { Keys = 200, SeriesPerKey = 1, Resolved = 0.5, Episode = TimeSpan.FromSeconds(1) },
        ["grouped"] = new() { Skew = 1, Groups = [new(10, 1)] },
        ["large-groups"] = new() { Skew = 1, Groups = [new(200, 1)] },
        ["repeats"] = new() { Resolved = 0.05, Repeats = 0.8 },
        ["pair"] = new() { Duplicates = 0.9, DuplicateAfter = TimeSpan.FromSeconds(15) },
        ["pair-at-once"] = new() { Duplicates = 0.9 },
        ["unicode"] = new() { Unicode = 1 },
    };
}

/// <summary>So many alerts in a delivery, and for which share of the deliveries.</summary>
public sealed record GroupSize(int Alerts, double Share);
