namespace Incidents.Grains.Slack;

/// <summary>One call to Slack for one incident.</summary>
internal enum CardStep
{
    /// <summary>A message of its own.</summary>
    Post = 1,

    /// <summary>Looks whether a post whose end is not known is there, so that it is not posted again.</summary>
    Find,

    /// <summary>Edits the message to what the incident is now.</summary>
    Edit,

    /// <summary>As <see cref="Edit"/>, for counts alone.</summary>
    Count,

    /// <summary>Makes a former message of the incident point to the living one.</summary>
    Point,
}
