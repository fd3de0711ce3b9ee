using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>What is known of what was asked for.</summary>
public sealed record Answer
{
    public required Question Question { get; init; }

    /// <summary>With what Slack was told of each; few.</summary>
    public IReadOnlyList<IncidentRow> Incidents { get; init; } = [];

    /// <summary>Stored alerts, the newest first; few.</summary>
    public IReadOnlyList<AlertRow> Alerts { get; init; } = [];

    /// <summary>Of a payload, what each of its alerts came to.</summary>
    public IReadOnlyList<PastedAlert> Pasted { get; init; } = [];

    /// <summary>How many alerts the payload has; no more than the first are looked for.</summary>
    public int PastedCount { get; init; }

    /// <summary>Why the payload as a whole would be rejected; null when it would not.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Rejected ones that mention what was asked for, the newest first; few.</summary>
    public IReadOnlyList<RejectedRow> Rejected { get; init; } = [];

    /// <summary>Who sends, and when last; told when nothing was found.</summary>
    public IReadOnlyList<HeardSender> Senders { get; init; } = [];

    public bool IsNothing => Incidents.Count == 0 && Alerts.Count == 0 && Rejected.Count == 0 && Pasted.All(static one => one.Stored is null && one.Latest is null);
}

/// <summary>One alert of a payload.</summary>
/// <param name="Refusal">Why it would be rejected; null when it would not.</param>
/// <param name="Key">Its incident key.</param>
/// <param name="Parts">What the key is made of, and where each was found.</param>
/// <param name="Stored">The newest stored alert of its series.</param>
/// <param name="Latest">The latest incident of its key, with what Slack was told of it.</param>
public sealed record PastedAlert(
    string Name, string Fingerprint, string? Refusal, string? Key, IReadOnlyList<KeyPart> Parts, AlertRow? Stored, IncidentRow? Latest);

/// <param name="From">Null when the alert does not tell it.</param>
public sealed record KeyPart(string Name, string Value, string? From);

public sealed record HeardSender(string Name, DateTime LastDeliveryAt);
