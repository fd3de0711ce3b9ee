using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using Incidents.TestKit.Load;
using Spectre.Console;

namespace Incidents.Benchmarks.Storms;

/// <summary><c>storm</c>: sends, shows how it goes, reports and audits.</summary>
internal static class StormCommand
{
    private static readonly Option<string[]> Url = new("--url") { Description = "address of a WebFront, such as http://127.0.0.1:8080; several share the load", Required = true };
    private static readonly Option<double> Rate = new("--rate") { Description = "arrivals a second", DefaultValueFactory = static _ => 200 };
    private static readonly Option<TimeSpan> For = Settings.Seconds("--for", 30, "seconds of arrivals");
    private static readonly Option<int> Connections = new("--connections") { Description = "requests under way at once, at most", DefaultValueFactory = static _ => 256 };
    private static readonly Option<string> MixName = new("--mix") { Description = "what is sent", DefaultValueFactory = static _ => "everyday" };
    private static readonly Option<int?> Keys = new("--keys") { Description = "incident keys, instead of the mix's" };
    private static readonly Option<long?> Seed = new("--seed") { Description = "the same seed sends the same; else one by chance, which is shown" };
    private static readonly Option<string[]> TokenEnv = new("--token-env") { Description = "environment variable with the bearer token; a second one is the pair's second server" };
    private static readonly Option<DirectoryInfo?> Out = new("--out") { Description = "folder for ledger.jsonl, report.json and report.svg" };
    private static readonly Option<TimeSpan> Grace = Settings.Seconds("--grace", 30, "seconds for the backlog after the last arrival");
    private static readonly Option<bool> NoRefusal = new("--no-refusal") { Description = "anything but 2xx, or an arrival that was never sent, is a failure" };
    private static readonly Option<bool> NoAudit = new("--no-audit") { Description = "send and report only" };

    public static Command Build()
    {
        Url.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => !Uri.TryCreate(token.Value, UriKind.Absolute, out _)))
            {
                result.AddError($"'{token.Value}' is no address.");
            }
        });
        MixName.AcceptOnlyFromAmong([.. Mix.Presets.Keys]);
        var command = new Command("storm", "Sends webhooks on schedule, whatever the service does, and accounts for every alert.")
        {
            Url, Rate, For, Connections, MixName, Keys, Seed, TokenEnv, Out, Grace, NoRefusal, NoAudit,
            Settings.DatabaseEnv, Settings.DrainWithin, Settings.WithStrangers, Settings.Marks,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parse, CancellationToken end)
    {
        var plan = Plan(parse);
        var folder = parse.GetValue(Out) ?? new(Path.Combine("artifacts", "storms", $"{plan.Begun:yyyyMMdd-HHmmss}"));
        folder.Create();
        var path = Path.Combine(folder.FullName, "ledger.jsonl");
        var tally = new StormTally();
        AnsiConsole.MarkupLineInterpolated(
            $"storm {plan.Run}: {parse.GetValue(MixName)}, {plan.Rate} arrivals/s for {parse.GetValue(For).TotalSeconds} s, seed {plan.Seed}");
        await using (var ledger = new LedgerWriter(path, plan))
        {
            using var storm = new Storm(new(plan), Targets(parse), Senders(parse), ledger, tally) { Grace = parse.GetValue(Grace) };
            await StormProgress.Show(tally, storm.Run(parse.GetValue(For), parse.GetValue(Connections), end));
        }

        var report = StormReport.Of(new(path), Mark.Read(parse.GetValue(Settings.Marks)), tally.Now);
        report.Write(folder);
        ReportTable.Show(report);
        var refused = tally.Now is { Refused: 0, Unanswered: 0, NeverStarted: 0 } ? 0 : 1;
        var audit = parse.GetValue(NoAudit) ? 0 : await AuditCommand.Run(parse, [new FileInfo(path)], folder, CancellationToken.None);
        AnsiConsole.MarkupLineInterpolated($"ledger and report are in {folder.FullName}");
        return parse.GetValue(NoRefusal) && refused > 0 ? 1 : audit;
    }

    private static StormPlan Plan(ParseResult parse)
    {
        var mix = Mix.Presets[parse.GetValue(MixName)!];
        var begun = TimeProvider.System.GetUtcNow();
        return new(
            begun.ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture),
            parse.GetValue(Seed) ?? Random.Shared.Next(),
            parse.GetValue(Keys) is { } keys ? mix with { Keys = keys } : mix,
            parse.GetValue(Rate),
            new(begun.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero));
    }

    private static List<Uri> Targets(ParseResult parse) => [.. parse.GetValue(Url)!.Select(static url => new Uri(new Uri(url), "/webhook/grafana"))];

    private static List<StormSender> Senders(ParseResult parse) => parse.GetValue(TokenEnv) is { Length: > 0 } names
        ? [.. names.Select(static name => new StormSender(name, new AuthenticationHeaderValue("Bearer", Settings.Environment(name)
            ?? throw new InvalidOperationException($"The environment variable {name} is empty."))))]
        : [new("first"), new("second")];
}
