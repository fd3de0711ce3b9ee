namespace Incidents.TestKit;

/// <summary>What a test wants different from the standard.</summary>
public sealed record SystemSettings
{
    public IReadOnlyDictionary<string, string> Silo { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Web { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock of both hosts. Orleans runs on it as well, so its timers must run on real time.</summary>
    public MovableClock? Clock { get; init; }

    /// <summary>The silo's, should it have another one.</summary>
    public MovableClock? SiloClock { get; init; }

    /// <summary>The way to MySQL, such as through a proxy; else straight.</summary>
    public Func<TestDatabase, string>? ConnectionString { get; init; }
}
