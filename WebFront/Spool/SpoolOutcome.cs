namespace Incidents.WebFront.Spool;

/// <summary>What became of a delivery that was to wait. Anything but kept is answered with 503, this the reason.</summary>
internal enum SpoolOutcome
{
    /// <summary>It is on the disk.</summary>
    Kept = 1,

    /// <summary>There is no spool.</summary>
    Off,

    /// <summary>As much waits as may, or something waits for too long.</summary>
    Full,

    /// <summary>The disk refuses, or takes too long.</summary>
    Failed,
}

internal static class SpoolOutcomeText
{
    public static string Text(this SpoolOutcome outcome) => outcome switch
    {
        SpoolOutcome.Kept => "spooled",
        SpoolOutcome.Off => "not_in_time",
        SpoolOutcome.Full => "spool_full",
        SpoolOutcome.Failed => "spool_failed",
    };

    public static string Message(this SpoolOutcome outcome) => outcome switch
    {
        SpoolOutcome.Kept => "Stored when that is possible again.",
        SpoolOutcome.Off => "Not stored in time; send it again.",
        SpoolOutcome.Full => "Not stored in time, and no more may wait; send it again.",
        SpoolOutcome.Failed => "Not stored in time, and not kept aside; send it again.",
    };
}
