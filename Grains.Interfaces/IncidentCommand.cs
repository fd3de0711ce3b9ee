namespace Incidents.Grains.Interfaces;

/// <summary>What a person (or a program in a person's name) wants of an incident.</summary>
[GenerateSerializer, Immutable, Alias("incident-command")]
public sealed record IncidentCommand
{
    /// <summary>Names this command over all its retries; a repeated one gets its first answer.</summary>
    [Id(0)] public required Guid CommandId { get; init; }

    [Id(1)] public required CommandKind Kind { get; init; }

    [Id(2)] public required IncidentId IncidentId { get; init; }

    /// <summary>The revision that the person saw; null: whatever it is now.</summary>
    [Id(3)] public int? Revision { get; init; }

    /// <summary>Who acts, as its credentials say; at most 190 characters.</summary>
    [Id(4)] public required string Actor { get; init; }

    /// <summary>When the person is answered at the latest. A command not begun by then is dropped.</summary>
    [Id(5)] public required DateTimeOffset Deadline { get; init; }

    /// <summary>With <see cref="CommandKind.Resolve"/> and <see cref="CommandKind.Amend"/>: what was done; at most
    /// 4,096 characters.</summary>
    [Id(6)] public string? ActionTaken { get; init; }

    /// <summary>As <see cref="ActionTaken"/>: why it happened.</summary>
    [Id(7)] public string? RootCause { get; init; }

    /// <summary>As <see cref="ActionTaken"/>: it need not have alerted.</summary>
    [Id(8)] public bool? IsNoise { get; init; }

    /// <summary>Who the caller says that they act for: unproven, shown beside the actor; at most 190 characters.</summary>
    [Id(9)] public string? SaidBy { get; init; }

    /// <summary>With <see cref="CommandKind.Note"/>: its text; 1 to 4,096 characters.</summary>
    [Id(10)] public string? Note { get; init; }

    /// <summary>With <see cref="CommandKind.Amend"/>: which of the findings change; null clears one.</summary>
    [Id(11)] public Findings Amends { get; init; }

    /// <inheritdoc cref="AlertBatch.TimeLeft"/>
    [Id(12)] public TimeSpan TimeLeft { get; init; }

    /// <inheritdoc cref="AlertBatch.SentAt"/>
    public IncidentCommand SentAt(DateTimeOffset now) => this with { TimeLeft = AlertBatch.Left(Deadline, now) };

    /// <inheritdoc cref="AlertBatch.By"/>
    public IncidentCommand By(DateTimeOffset now) => TimeLeft == default ? this : this with { Deadline = now + TimeLeft, TimeLeft = default };
}

[GenerateSerializer, Alias("command-kind")]
public enum CommandKind
{
    Acknowledge = 1,
    Unacknowledge = 2,
    Resolve = 3,

    /// <summary>Adds to the timeline; also of a resolved incident.</summary>
    Note = 4,

    /// <summary>Changes what is known of a resolved incident.</summary>
    Amend = 5,
}

/// <summary>What people find out about an incident.</summary>
[Flags, GenerateSerializer, Alias("findings")]
public enum Findings
{
    None = 0,
    ActionTaken = 1,
    RootCause = 2,
    IsNoise = 4,
}

/// <param name="Current">The incident after the command, or as it is when the command was refused; null when there
/// is none (<see cref="CommandOutcome.NotCurrent"/>) or the grain never got to it.</param>
[GenerateSerializer, Immutable, Alias("command-result")]
public sealed record CommandResult(
    [property: Id(0)] CommandOutcome Outcome,
    [property: Id(1)] IncidentView? Current);

[GenerateSerializer, Alias("command-outcome")]
public enum CommandOutcome
{
    /// <summary>Carried out and committed.</summary>
    Done = 1,

    /// <summary>Carried out before, under the same command id.</summary>
    Repeated = 2,

    /// <summary>Refused: the incident is resolved.</summary>
    AlreadyResolved = 3,

    /// <summary>Nothing to do: it is already so (acknowledged, or not acknowledged, or known as amended).</summary>
    AlreadySo = 4,

    /// <summary>Refused: the incident changed since the person looked.</summary>
    StaleRevision = 5,

    /// <summary>There is no such incident.</summary>
    NotCurrent = 6,

    /// <summary>The deadline passed first.</summary>
    Expired = 7,

    /// <summary>The grain's queue is full.</summary>
    Overloaded = 8,

    /// <summary>The database refuses its text.</summary>
    Unstorable = 9,

    /// <summary>Refused: its command id was used for another command or incident.</summary>
    CommandIdUsed = 10,

    /// <summary>Refused: what was found is amended once the incident is resolved.</summary>
    NotResolved = 11,
}
