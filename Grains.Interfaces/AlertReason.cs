namespace Incidents.Grains.Interfaces;

/// <summary>Why an alert was stored where it was. The same name is the column, the log field and the metric tag.</summary>
[GenerateSerializer, Alias("alert-reason")]
public enum AlertReason
{
    /// <summary>Firing, nothing open: it opened the incident.</summary>
    New = 1,

    /// <summary>Firing into the open incident: a series that did not fire there, or fires anew.</summary>
    Joined = 2,

    /// <summary>Nothing new: the same firing (or the same end) of the same series again.</summary>
    Repeated = 3,

    /// <summary>Older than what is known of its series; changes nothing.</summary>
    OutOfOrder = 4,

    /// <summary>Still fires after a person resolved; opens a new incident only after the hold.</summary>
    StillFiring = 5,

    /// <summary>Its series ended.</summary>
    Ended = 6,

    /// <summary>Its series ended, was the last one firing, and the incident resolved with it.</summary>
    AutoResolved = 7,

    /// <summary>Resolved, but its series was never seen firing here.</summary>
    Late = 8,

    /// <summary>Resolved, and nothing of this key was ever seen: an incident born resolved.</summary>
    NeverOpened = 9,

    /// <summary>Somebody pressed Grafana's Test button.</summary>
    Test = 10,

    /// <summary>Firing, but the incident already follows as many series as it may; this one is stored, not followed.</summary>
    InstancesCapped = 11,
}
