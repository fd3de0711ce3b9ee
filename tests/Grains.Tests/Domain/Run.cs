using System.Collections.Immutable;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Tests.Domain;

/// <summary>What happens to one key, as a random stream; printed when a property does not hold.</summary>
/// <param name="InPortions">What comes at one time is decided on together, as a busy grain does.</param>
public sealed record Run(Rules Rules, bool InPortions, ImmutableArray<Happening> Stream)
{
    public override string ToString() =>
        $"{Rules}{(InPortions ? ", in portions" : "")}\n  " + string.Join("\n  ", Stream);
}

public sealed record Rules(bool AutoResolve, int MaxInstances, int HoldMinutes, int StaleMinutes)
{
    public static readonly Rules Default = new(true, 2_000, 30, 9 * 60);

    internal EpisodeOptions Options() => new()
    {
        AutoResolve = AutoResolve,
        MaxInstances = MaxInstances,
        HoldAfterResolve = TimeSpan.FromMinutes(HoldMinutes),
        StaleAfter = TimeSpan.FromMinutes(StaleMinutes),
    };
}

public abstract record Happening
{
    private Happening()
    {
    }

    /// <param name="LagSeconds">How long before the decision it was received; negative when clocks differ.</param>
    public sealed record Deliver(ImmutableArray<Sent> Alerts, int Group, bool Truncated, bool IsTest, int LagSeconds) : Happening
    {
        public override string ToString() =>
            $"deliver{(IsTest ? " test" : "")}{(Truncated ? " truncated" : "")} group {Group} received {-LagSeconds:+0;-0;0} s: "
            + string.Join("; ", Alerts);
    }

    /// <summary>An earlier delivery comes once more, perhaps the other way round.</summary>
    public sealed record DeliverAgain(int Back, bool Backwards) : Happening;

    public sealed record Order(CommandKind Kind, SeenRevision Seen, bool OldIncident) : Happening;

    public sealed record Review : Happening;

    public sealed record Wait(TimeSpan Time) : Happening;
}

/// <param name="StartsAt">Minutes after noon; null when it is not sent.</param>
/// <param name="EndsAt">Minutes after noon; null when it is not sent.</param>
public sealed record Sent(string Fingerprint, AlertState State, int? StartsAt, int? EndsAt, string Severity)
{
    public override string ToString() =>
        $"{Fingerprint} {State} '{Severity}' [{StartsAt?.ToString() ?? "-"}..{EndsAt?.ToString() ?? "-"}]";
}

public enum SeenRevision
{
    Current = 1,
    Stale = 2,
    Any = 3,
}
