using System.Security.Cryptography;
using System.Text;

namespace Incidents.WebFront.Demo;

internal sealed record DemoAlert(
    string Instance, string Fingerprint, DateTimeOffset StartsAt, DateTimeOffset? EndsAt, double Value);

/// <summary>
/// What is sent at each step, as a pure function of the seed, the start and the step: the same run can be had again,
/// and a repeated alert carries the startsAt it began with although nothing is remembered.
/// </summary>
internal sealed class DemoScene(int seed, DateTimeOffset start)
{
    // A page that opens during the first seconds shall not be empty; later it shall be readable.
    private const int QuickSteps = 48;
    private static readonly TimeSpan QuickPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LaterPause = TimeSpan.FromSeconds(4);

    private readonly DemoStory[] _order = Shuffled(seed);

    public static TimeSpan PauseAfter(int step) => step < QuickSteps ? QuickPause : LaterPause;

    /// <summary>The body of the webhook of this step; null when the story whose turn it is has nothing to say.</summary>
    public byte[]? Body(int step, DateTimeOffset now)
    {
        var story = _order[step % _order.Length];
        var alerts = AlertsOf(story, step);
        if (alerts.Count == 0)
        {
            return null;
        }

        return story.FromAlertmanager ? DemoBody.Alertmanager(story, alerts) : DemoBody.Grafana(story, alerts, now);
    }

    private List<DemoAlert> AlertsOf(DemoStory story, int step)
    {
        var round = step / _order.Length;
        var age = story.Life == 0 ? round : round % (story.Life + story.Rest);
        var began = Planned(step - (age * _order.Length));
        List<DemoAlert> alerts = [];
        for (var i = 0; i < story.Instances; i++)
        {
            // The ends are spread, so that a group goes through firing, mixed and resolved; no instance ends at once.
            var ends = Math.Max(2, story.Life - (i % 3));
            if (story.Life != 0 && age > ends)
            {
                continue;
            }

            var resolved = story.Life != 0 && age == ends;
            alerts.Add(new DemoAlert(
                InstanceName(story, i), Fingerprint(story, i), began.AddMilliseconds(-100 * (i + 1)),
                resolved ? Planned(step) : null, ValueOf(story, i, step, resolved)));
        }

        return alerts;
    }

    /// <summary>When a step is due; never later than it is really sent.</summary>
    private DateTimeOffset Planned(int step) =>
        start + (QuickPause * Math.Min(step, QuickSteps)) + (LaterPause * Math.Max(0, step - QuickSteps));

    private static string InstanceName(DemoStory story, int i) => $"{story.Service}-{i}";

    // With no seed in it: a demo that is started again continues with the same instances.
    private static string Fingerprint(DemoStory story, int i) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{story.RuleUid}/{i}")).AsSpan(0, 8));

    private double ValueOf(DemoStory story, int i, int step, bool resolved)
    {
        var wobble = new Random(HashOf(seed, i, step)).NextDouble();
        return Math.Round(story.Threshold * (resolved ? 0.4 + (0.4 * wobble) : 1.05 + (0.5 * wobble)), 2);
    }

    private static int HashOf(int a, int b, int c) => unchecked((((a * 397) ^ b) * 397) ^ c); // HashCode differs per process.

    private static DemoStory[] Shuffled(int seed)
    {
        DemoStory[] order = [.. DemoStory.All];
        new Random(seed).Shuffle(order);
        return order;
    }
}
