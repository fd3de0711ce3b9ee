using Incidents.TestKit.FakeSlack;

namespace Incidents.Benchmarks.Slack;

/// <summary>An incident as it is stored, and the one card that it has; null when it has none, or several.</summary>
internal sealed record ToldIncident(string Id, string Status, string Severity, DateTimeOffset OpenedAt, FakeMessage? Card)
{
    private static readonly string[] States = ["firing", "acknowledged", "resolved"];

    /// <summary>From its first alert until it had a card.</summary>
    public TimeSpan? Waited => Card?.Versions[0].At - OpenedAt;

    /// <summary>No version of the card shows a state that comes before the one shown already, and the last one is true.</summary>
    public bool IsInOrder => Card is not null
        && Card.Versions.Select(static version => StateOf(version.Text)).ToList() is var states
        && states.SequenceEqual(states.Order())
        && states[^1] == Array.IndexOf(States, Status == "active" ? "firing" : Status);

    public static async Task<List<ToldIncident>> All(ToldService service, string cluster, CancellationToken cancel)
    {
        var cards = service.Cards();
        return
        [
            .. (await service.Rows("SELECT incident_id, status, severity, first_seen_at FROM incidents WHERE cluster = ?", cluster, cancel))
                .Select(row => new ToldIncident(
                    (string)row[0], (string)row[1], (string)row[2], new((DateTime)row[3], TimeSpan.Zero),
                    cards[(string)row[0]].ToList() is [var card] ? card : null)),
        ];
    }

    /// <summary>After the title and the key, which end with a parenthesis.</summary>
    private static int StateOf(string text) => Array.FindIndex(States, state => text.Contains($") {state}", StringComparison.Ordinal));
}
