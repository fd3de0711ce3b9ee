namespace Incidents.Grains.Slack.Card;

/// <summary>What configuration says of cards.</summary>
/// <param name="Mention">As <see cref="SlackOptions.MentionOnCritical"/>.</param>
/// <param name="TopSeverity">The highest that is configured.</param>
internal sealed record CardStyle(string? Mention, bool ShowDatasourceErrors, string TopSeverity);
