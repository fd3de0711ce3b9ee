namespace Incidents.WebFront.Api;

/// <summary>The body of a command; every member may be absent.</summary>
internal sealed record CommandBody
{
    private const int MaxActor = 190;
    private const int MaxText = 4096;

    /// <summary>The revision that the person saw; the command is refused when the incident has another by now.</summary>
    public int? Revision { get; init; }

    /// <summary>Who acts; at most 190 characters. Default: <c>api</c>.</summary>
    public string? By { get; init; }

    /// <summary>With resolve: at most 4,096 characters.</summary>
    public string? ActionTaken { get; init; }

    /// <summary>With resolve: at most 4,096 characters.</summary>
    public string? RootCause { get; init; }

    /// <summary>With resolve.</summary>
    public bool? IsNoise { get; init; }

    /// <summary>What is wrong with it, or null.</summary>
    public string? Fault => this switch
    {
        { By.Length: > MaxActor } => "\"by\" must be at most 190 characters.",
        { By: { } by } when string.IsNullOrWhiteSpace(by) => "\"by\" must not be empty.",
        { ActionTaken.Length: > MaxText } => "\"action_taken\" must be at most 4096 characters.",
        { RootCause.Length: > MaxText } => "\"root_cause\" must be at most 4096 characters.",
        _ => null,
    };
}
