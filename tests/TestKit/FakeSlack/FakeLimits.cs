namespace Incidents.TestKit.FakeSlack;

/// <summary>How often Slack may be called, as its documentation says.</summary>
public sealed record FakeLimits
{
    /// <summary>No limit at all, for tests of other things.</summary>
    public static FakeLimits None { get; } = new() { Scale = 1_000_000 };

    /// <summary>Everything so many times as fast: 10 allows 50 calls in 6 s where Slack allows them in a minute.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Messages a second into one channel.</summary>
    public double PostsPerSecond { get; init; } = 1;

    /// <summary>Messages at once into a channel that was quiet.</summary>
    public int PostBurst { get; init; } = 5;

    /// <summary>Messages into all channels together; Slack says "several hundred".</summary>
    public int AllPostsPerMinute { get; init; } = 300;

    public int EditsPerMinute { get; init; } = 50;

    public int ReadsPerMinute { get; init; } = 50;

    public int ViewsPerMinute { get; init; } = 100;
}
