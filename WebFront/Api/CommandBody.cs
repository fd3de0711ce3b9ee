using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Api;

/// <summary>The body of a command; every member may be absent.</summary>
internal record CommandBody
{
    private const int MaxName = 190;
    private const int MaxText = 4096;

    /// <summary>The revision that the person saw; the command is refused when the incident has another by now.</summary>
    public int? Revision { get; set; }

    /// <summary>Whom the caller acts for; at most 190 characters. It is shown as said, beside the name of the
    /// credentials.</summary>
    public string? By { get; set; }

    /// <summary>What is wrong with it, or null.</summary>
    internal virtual string? Fault => By is null ? null : TooLong("by", By, MaxName) ?? Blank("by", By);

    /// <summary>The command with what this body adds to it.</summary>
    internal virtual IncidentCommand Complete(IncidentCommand command) => command with
    {
        Revision = Revision,
        SaidBy = Clean(By),
    };

    protected static string? Clean(string? text) => text is null ? null : CleanText.Strip(text);

    protected static string? TooLong(string name, string? text, int max = MaxText) =>
        text?.Length > max ? $"\"{name}\" must be at most {max} characters." : null;

    protected static string? Blank(string name, string text) =>
        string.IsNullOrWhiteSpace(CleanText.Strip(text)) ? $"\"{name}\" must not be empty." : null;
}

/// <summary>The body of resolve.</summary>
internal sealed record ResolveBody : CommandBody
{
    /// <summary>What was done; at most 4,096 characters.</summary>
    public string? ActionTaken { get; set; }

    /// <summary>Why it happened; at most 4,096 characters.</summary>
    public string? RootCause { get; set; }

    /// <summary>It need not have alerted.</summary>
    public bool? IsNoise { get; set; }

    internal override string? Fault => base.Fault ?? TooLong("action_taken", ActionTaken) ?? TooLong("root_cause", RootCause);

    internal override IncidentCommand Complete(IncidentCommand command) => base.Complete(command) with
    {
        ActionTaken = Clean(ActionTaken),
        RootCause = Clean(RootCause),
        IsNoise = IsNoise,
    };
}

/// <summary>The body of a note.</summary>
internal sealed record NoteBody : CommandBody
{
    /// <summary>1 to 4,096 characters.</summary>
    public string? Text { get; set; }

    internal override string? Fault =>
        base.Fault ?? (Text is null ? "\"text\" must be given." : TooLong("text", Text) ?? Blank("text", Text));

    internal override IncidentCommand Complete(IncidentCommand command) => base.Complete(command) with { Note = Clean(Text) };
}

/// <summary>The body of an amendment: what is given changes, null clears, what is absent stays.</summary>
internal sealed record AmendBody : CommandBody
{
    // Setters and no init: the reader then calls only those of the members that are there.
    private Findings _given;

    /// <summary>What was done; at most 4,096 characters.</summary>
    public string? ActionTaken { get; set => field = Given(Findings.ActionTaken, value); }

    /// <summary>Why it happened; at most 4,096 characters.</summary>
    public string? RootCause { get; set => field = Given(Findings.RootCause, value); }

    /// <summary>It need not have alerted.</summary>
    public bool? IsNoise { get; set => field = Given(Findings.IsNoise, value); }

    internal override string? Fault => base.Fault
        ?? TooLong("action_taken", ActionTaken)
        ?? TooLong("root_cause", RootCause)
        ?? (_given == Findings.None ? "At least one of \"action_taken\", \"root_cause\" and \"is_noise\" must be given." : null);

    internal override IncidentCommand Complete(IncidentCommand command) => base.Complete(command) with
    {
        Amends = _given,
        ActionTaken = Clean(ActionTaken),
        RootCause = Clean(RootCause),
        IsNoise = IsNoise,
    };

    private T Given<T>(Findings which, T value)
    {
        _given |= which;
        return value;
    }
}
