namespace Incidents.Grains.Interfaces;

/// <summary>Opens forms in Slack for people who pressed a button; key 0, one on each silo. Only silos have the token.</summary>
[GrainInterfaceType("slack-form"), Alias("slack-form-grain")]
public interface ISlackFormGrain : IGrainWithIntegerKey
{
    /// <summary>Asks what was done, why it happened and whether it is noise. Slack takes a trigger only once and only
    /// within 3 s of the press.</summary>
    /// <returns>False when Slack did not open it.</returns>
    [Alias("ask-resolution"), ResponseTimeout("00:00:03")]
    Task<bool> AskResolution(SlackResolutionForm form);
}

/// <param name="TriggerId">Of the press.</param>
/// <param name="Revision">The revision on the card that was pressed.</param>
/// <param name="PrivateMetadata">Comes back with the answer, unseen by the person; at most 3,000 characters.</param>
[GenerateSerializer, Immutable, Alias("slack-resolution-form")]
public sealed record SlackResolutionForm(
    [property: Id(0)] string TriggerId,
    [property: Id(1)] IncidentId IncidentId,
    [property: Id(2)] int Revision,
    [property: Id(3)] string PrivateMetadata)
{
    /// <summary>Without the metadata, which has an address in it that is a secret.</summary>
    public override string ToString() => $"form for {IncidentId.Value}";
}
