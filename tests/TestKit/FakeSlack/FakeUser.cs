namespace Incidents.TestKit.FakeSlack;

/// <summary>A person in Slack.</summary>
public sealed record FakeUser(string Id, string Name)
{
    public static FakeUser OnCall { get; } = new("U045ONCALL", "minsu.kim");

    public static FakeUser Other { get; } = new("U046SECOND", "jiwon.lee");
}
