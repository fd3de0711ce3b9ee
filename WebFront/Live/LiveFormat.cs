namespace Incidents.WebFront.Live;

/// <summary>What a viewer is told of a changed incident; the same for all who have it in common.</summary>
/// <param name="Culture">Only of a row.</param>
/// <param name="CanAct">Only of a row: with buttons.</param>
internal readonly record struct LiveFormat(LiveKind Kind, string Culture, bool CanAct)
{
    public static LiveFormat Whole { get; } = new(LiveKind.Incident, "", false);

    public static LiveFormat Mark { get; } = new(LiveKind.Changed, "", false);

    public static LiveFormat Row(string culture, bool canAct) => new(LiveKind.Row, culture, canAct);

    public string Event => Kind switch
    {
        LiveKind.Incident => "incident",
        LiveKind.Row => "row",
        LiveKind.Changed => "changed",
    };
}

internal enum LiveKind
{
    /// <summary>The whole incident, as JSON.</summary>
    Incident = 1,

    /// <summary>Its line in the list, as HTML.</summary>
    Row,

    /// <summary>Only that it changed.</summary>
    Changed,
}
