using System.CommandLine;
using Incidents.Benchmarks.Slack;
using Incidents.TestKit.Load;
using Spectre.Console;

namespace Incidents.Benchmarks.Live;

/// <summary><c>live</c>: what viewers cost a storm, and how late they see what it does.</summary>
internal static class LiveCommand
{
    private const int Connections = 256;
    private static readonly TimeSpan NewWithin = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan NewestWithin = TimeSpan.FromSeconds(1);

    private static readonly Option<string> Url = new("--url") { Description = "address of a WebFront", Required = true };
    private static readonly Option<int> Viewers = new("--viewers") { Description = "live streams at once", DefaultValueFactory = static _ => 500 };
    private static readonly Option<double> Rate = new("--rate") { Description = "arrivals a second", DefaultValueFactory = static _ => 200 };
    private static readonly Option<TimeSpan> For = Storms.Settings.Seconds("--for", 20, "seconds of each storm");
    private static readonly Option<int> Rounds = new("--rounds") { Description = "storms without viewers and with them, in turn", DefaultValueFactory = static _ => 3 };

    public static Command Build()
    {
        var command = new Command("live", "A storm without viewers and with them, in turn: what they cost it, and when they see what.")
        {
            Url, Viewers, Rate, For, Rounds, Storms.Settings.DatabaseEnv,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parse, CancellationToken cancel)
    {
        var (url, viewers) = (new Uri(parse.GetValue(Url)!), parse.GetValue(Viewers));
        using var probes = new LiveProbes(url);
        var (alone, watched) = (new List<Round>(), new List<Round>());
        await Storm(url, parse, cancel); // warm
        for (var round = 0; round < parse.GetValue(Rounds); round++)
        {
            AnsiConsole.MarkupLineInterpolated($"round {round + 1}");
            alone.Add(await Storm(url, parse, cancel));
            await using var crowd = await LiveCrowd.Enter(url, viewers, probes, cancel);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var probing = probes.Send(end.Token);
            watched.Add(await Storm(url, parse, cancel));
            await end.CancelAsync();
            await probing;
            await LiveProbes.Settled(cancel);
            crowd.Add(probes);
        }

        var figures = Figures(alone, watched, probes, viewers);
        Figure.Show(figures);
        return figures.Exists(static figure => figure.IsMet == false) ? 1 : 0;
    }

    private static List<Figure> Figures(List<Round> alone, List<Round> watched, LiveProbes probes, int viewers)
    {
        var (without, with) = (alone.Sum(static one => one.PerSecond) / alone.Count, watched.Sum(static one => one.PerSecond) / watched.Count);
        var (opened, counted) = (probes.Opened(), probes.Counted());
        return
        [
            new("deliveries stored a second, without viewers and with", "falls < 10 %", FormattableString.Invariant($"{without:0.0}, {with:0.0}"), with > 0.9 * without),
            Figure.Told("a delivery's p99 without viewers and with, by round", string.Join("; ", alone.Zip(watched, static (a, b) => $"{Figure.Of(a.Slow)}, {Figure.Of(b.Slow)}"))),
            new($"a new incident, from the webhook's answer to the last of {viewers} viewers: p50", "≤ 0.3 s", Figure.Of(opened.Quantile(0.5)), opened.Quantile(0.5) <= NewWithin),
            Figure.Told($"p99, longest, of {Figure.Of(opened.Count)}", $"{Figure.Of(opened.Quantile(0.99))}, {Figure.Of(opened.Longest)}"),
            new("one more alert of an incident, from its answer to a viewer: p99", "< 1 s", Figure.Of(counted.Quantile(0.99)), counted.Quantile(0.99) < NewestWithin),
            Figure.Told($"p50, longest, of {Figure.Of(counted.Count)}", $"{Figure.Of(counted.Quantile(0.5))}, {Figure.Of(counted.Longest)}"),
            Figure.None("seen by fewer than all viewers", probes.Missing(viewers)),
            Figure.None("times that viewers were cut off", probes.Cut),
            Figure.None("times that viewers were told to read anew", probes.Reloads),
            Figure.Told("sent to the viewers", $"{Figure.Of(probes.Bytes / 1_000_000)} MB, {Figure.Of(probes.Events)} events"),
        ];
    }

    private static async Task<Round> Storm(Uri url, ParseResult parse, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetUtcNow();
        var plan = new StormPlan($"live{begun.ToUnixTimeMilliseconds():x}", 1, Mix.Presets["zipf"], parse.GetValue(Rate), begun);
        var (folder, tally) = (Directory.CreateTempSubdirectory("incidents-live."), new StormTally());
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            await using var ledger = new LedgerWriter(Path.Combine(folder.FullName, "ledger.jsonl"), plan);
            using var storm = new Storm(new(plan), [new(url, "/webhook/grafana")], [new("first")], ledger, tally);
            await storm.Run(parse.GetValue(For), Connections, cancel);
            return new(tally.Now.Stored / TimeProvider.System.GetElapsedTime(started).TotalSeconds, tally.TakeRecent().Quantile(0.99));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <param name="Slow">p99 of a delivery, from when it was due.</param>
    private sealed record Round(double PerSecond, TimeSpan Slow);
}
