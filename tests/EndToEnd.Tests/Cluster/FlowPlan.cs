namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>How senders send.</summary>
internal sealed record FlowPlan
{
    /// <summary>Each posts one delivery after the other, as soon as the one before is answered.</summary>
    public int Senders { get; init; } = 16;

    /// <summary>Instead: so many a second, whether or not those before are answered.</summary>
    public int? PerSecond { get; init; }

    /// <summary>Services at a time.</summary>
    public int Keys { get; init; } = 40;

    /// <summary>After so many of a sender's requests the services are others, so that a silo that was just started gets
    /// its share of them.</summary>
    public int RequestsOfAKey { get; init; } = 100;

    /// <summary>How many servers send each delivery, at once: two are an HA pair.</summary>
    public int Copies { get; init; } = 1;
}
