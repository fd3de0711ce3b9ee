namespace Incidents.Grains.Slack;

/// <summary>How long a channel does nothing.</summary>
/// <param name="EndsWithNews">Not while a budget is used up: then news waits as well.</param>
internal readonly record struct ChannelRest(TimeSpan Length, bool EndsWithNews);
