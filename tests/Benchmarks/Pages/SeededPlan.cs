using System.Globalization;
using Incidents.TestKit.Load;

namespace Incidents.Benchmarks.Pages;

/// <summary>A year of incidents as a company has them: a few services, clusters and rules have most of them, 3 % are open
/// and these are recent. The same for the same numbers.</summary>
internal sealed class SeededPlan(int incidents, DateTime end)
{
    private const double OpenShare = 0.03;
    private const double RecentShare = 0.05;

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly string[] Severities = ["critical", "error", "warning", "info", "page"];
    private static readonly Zipf OfSeverities = new(Severities.Length, 3);
    private static readonly Zipf OfClusters = new(12, 1.2);
    private static readonly Zipf OfNamespaces = new(150, 1.1);
    private static readonly Zipf OfServices = new(600, 1.1);
    private static readonly Zipf OfRules = new(2_000, 1.0);

    private readonly HashSet<string> _open = [];

    /// <summary>By key: how many incidents, and the last one.</summary>
    public Dictionary<string, (int Count, string Last)> Keys { get; } = [];

    public Dictionary<(string Status, string Severity, bool IsTest), int> Counts { get; } = [];

    public static string Cluster(int number) => $"cluster-{number:00}";

    public static string Namespace(int number) => $"ns-{number:000}";

    public static string Service(int number) => $"service-{number:000}";

    public static string Rule(int number) => $"rule-{number:0000}";

    /// <summary>The oldest first.</summary>
    public IEnumerable<SeededIncident> Incidents()
    {
        for (var n = 0; n < incidents; n++)
        {
            var dice = new Dice(1, n, 0);
            var age = (double)(incidents - n) / incidents;
            // As long as a key may have an incident a second, its ids are its own.
            var key = Key(ref dice);
            var begun = end - (Year * age) - TimeSpan.FromMicroseconds(dice.Below(900_000));
            var isOpen = age <= RecentShare && dice.Next() < OpenShare / RecentShare && _open.Add(key.Text);
            var status = !isOpen ? "resolved" : dice.Next() < 0.5 ? "active" : "acknowledged";
            var isTest = dice.Next() < 0.001;
            var severity = Severities[OfSeverities.Draw(dice.Next())];
            var id = $"INC-{begun.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}-{key.Text}";
            var seen = status == "resolved" ? begun.AddMinutes(1 + (dice.Next() * dice.Next() * 600)) : end.AddMinutes(-60 * dice.Next());
            Keys[key.Text] = (Keys.GetValueOrDefault(key.Text).Count + 1, id);
            Counts[(status, severity, isTest)] = Counts.GetValueOrDefault((status, severity, isTest)) + 1;
            yield return new(n, id, key, status, severity, isTest, begun, seen > end ? end : seen);
        }
    }

    /// <summary>One without an open incident: a key has one at a time.</summary>
    private SeededKey Key(ref Dice dice)
    {
        while (true)
        {
            var rule = OfRules.Draw(dice.Next());
            // Most rules watch few services, and most services are in one namespace.
            var service = dice.Next() < 0.7 ? OfServices.Draw(dice.Next()) : rule % 600;
            var key = new SeededKey(rule, service, OfNamespaces.Draw((service % 97 / 97.0 * 0.8) + (dice.Next() * 0.2)), OfClusters.Draw(dice.Next()));
            if (!_open.Contains(key.Text))
            {
                return key;
            }
        }
    }
}

internal readonly record struct SeededKey(int Rule, int Service, int Namespace, int Cluster)
{
    public string Text => $"{Rule:x4}{Service:x4}{Namespace:x4}{Cluster:x4}";
}

/// <param name="Seen">Heard of last; when it is resolved, also then.</param>
internal sealed record SeededIncident(
    int Number, string Id, SeededKey Key, string Status, string Severity, bool IsTest, DateTime Begun, DateTime Seen);
