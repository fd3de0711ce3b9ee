using System.Globalization;
using Incidents.EndToEnd.Tests.Cluster;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>How a run of a scenario ended.</summary>
internal enum Outcome
{
    /// <summary>All that was asked held.</summary>
    Ok = 1,

    /// <summary>Something accepted is missing, doubled or unsound.</summary>
    Audit,

    /// <summary>Anything else.</summary>
    Failed,

    /// <summary>This machine cannot do it.</summary>
    Skipped,
}

/// <summary>What senders saw of one run of a scenario, as a line for <c>./chaos.sh</c>: name, outcome, requests, refused,
/// spooled, unanswered, then p50, p99, slowest and recovery in milliseconds.</summary>
internal static class ScenarioFigures
{
    private const string Setting = "CHAOS_FIGURES";

    public static void Append(Outcome outcome, IEnumerable<Heard> requests, TimeSpan? recovery)
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } file)
        {
            var scenario = TestContext.Current.Test!.Traits[ScenarioAttribute.Trait].Single();
            File.AppendAllText(file, $"{scenario}\t{Name(outcome)}\t{Line(requests, recovery)}\n");
        }
    }

    public static string Line(IEnumerable<Heard> requests, TimeSpan? recovery, string separator = "\t")
    {
        var heard = requests.ToList();
        var took = heard.Where(static one => one.Fate != Fate.Unanswered).Select(static one => one.Took.TotalMilliseconds).Order().ToList();
        string[] figures =
        [
            .. new[] { heard.Count, Count(heard, Fate.Refused), Count(heard, Fate.Spooled), Count(heard, Fate.Unanswered) }.Select(static n => $"{n}"),
            Percentile(took, 0.5), Percentile(took, 0.99), Percentile(took, 1), recovery is { } time ? Whole(time.TotalMilliseconds) : "-",
        ];
        return string.Join(separator, figures);
    }

    private static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Ok => "ok",
        Outcome.Audit => "audit",
        Outcome.Failed => "failed",
        Outcome.Skipped => "skipped",
    };

    private static int Count(List<Heard> heard, Fate fate) => heard.Count(one => one.Fate == fate);

    private static string Percentile(List<double> ordered, double part) =>
        ordered.Count == 0 ? "-" : Whole(ordered[(int)Math.Ceiling(part * ordered.Count) - 1]);

    private static string Whole(double milliseconds) => Math.Round(milliseconds).ToString(CultureInfo.InvariantCulture);
}
