namespace Incidents.WebFront.Queries;

/// <summary>What Slack was told of an incident, and is to be told.</summary>
public sealed record CardRow
{
    /// <summary>Along the primary key (incident_id).</summary>
    public const string OfAnIncident =
        """
        SELECT state AS State, channel AS Channel, sent_revision AS SentRevision, desired_revision AS DesiredRevision,
               pending_since AS PendingSince, last_error AS LastError, message_channel AS MessageChannel, message_ts AS MessageTs
          FROM notifications WHERE incident_id = @id
        """;

    /// <summary><c>pending</c>, <c>sent</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Where the next message goes, as configured.</summary>
    public required string Channel { get; init; }

    /// <summary>The incident's revision that its message shows; null before there is one.</summary>
    public int? SentRevision { get; init; }

    /// <summary>The revision that it should show.</summary>
    public int DesiredRevision { get; init; }

    /// <summary>Null when nothing waits.</summary>
    public DateTime? PendingSince { get; init; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>Where its message is, as Slack names it.</summary>
    public string? MessageChannel { get; init; }

    /// <summary>Names its message within the channel.</summary>
    public string? MessageTs { get; init; }
}
