namespace Incidents.WebFront.Queries;

/// <summary>What somebody did or tried.</summary>
public sealed record AuditRow
{
    public const string Columns =
        "audit_id AS AuditId, at AS At, actor AS Actor, said_by AS SaidBy, via AS Via, remote_address AS RemoteAddress, "
        + "action AS Action, target AS Target, outcome AS Outcome, detail AS Detail";

    public required long AuditId { get; init; }

    public required DateTime At { get; init; }

    public required string Actor { get; init; }

    /// <summary>Whom they say that they act for; unproven.</summary>
    public string? SaidBy { get; init; }

    public required string Via { get; init; }

    public string? RemoteAddress { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    /// <summary>A word; "asked" while it is not known.</summary>
    public required string Outcome { get; init; }

    public string? Detail { get; init; }
}
