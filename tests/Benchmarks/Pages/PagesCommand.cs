using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Incidents.Benchmarks.Slack;
using Spectre.Console;

namespace Incidents.Benchmarks.Pages;

/// <summary><c>pages</c>: how long each list, filter and page takes over a long history, asked over HTTP one at a time.</summary>
internal static class PagesCommand
{
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(150);

    private const int WarmUp = 5;

    private static readonly Option<string> Url = new("--url") { Description = "address of a WebFront", Required = true };

    private static readonly Option<int> Requests = new("--requests") { Description = "of each query", DefaultValueFactory = static _ => 100 };

    private static readonly Option<bool> IsSeeded = new("--seeded") { Description = "the database is filled already" };

    private const string Api = "/api/incidents";

    private static readonly (string Name, string Path)[] Paths =
    [
        ("open", Api), ("resolved", Api + "?status=resolved"), ("all", Api + "?status=open,resolved"),
        ("severity, common", Api + "?status=resolved&severity=critical"), ("severity, rare", Api + "?status=resolved&severity=page"),
        ("severities, open", Api + "?severity=error,page"),
        ("cluster, common", Api + $"?status=resolved&cluster={SeededPlan.Cluster(0)}"), ("cluster, rare", Api + $"?status=resolved&cluster={SeededPlan.Cluster(11)}"),
        ("cluster, none", Api + "?status=resolved&cluster=nowhere"),
        ("namespace, common", Api + $"?status=resolved&namespace={SeededPlan.Namespace(0)}"), ("namespace, rare", Api + $"?status=resolved&namespace={SeededPlan.Namespace(140)}"),
        ("service, common", Api + $"?status=resolved&service={SeededPlan.Service(0)}"), ("service, rare", Api + $"?status=resolved&service={SeededPlan.Service(599)}"),
        ("rule, common", Api + $"?status=resolved&rule={SeededPlan.Rule(0)}"), ("rule, rare", Api + $"?status=resolved&rule={SeededPlan.Rule(1999)}"),
        ("common cluster and service", Api + $"?status=resolved&cluster={SeededPlan.Cluster(0)}&service={SeededPlan.Service(0)}"),
        ("common service, rare cluster", Api + $"?status=resolved&cluster={SeededPlan.Cluster(11)}&service={SeededPlan.Service(0)}"),
        ("common cluster, rare severity", Api + $"?status=resolved&cluster={SeededPlan.Cluster(0)}&severity=page"),
        ("common cluster, rare severity, any status", Api + $"?status=open,resolved&cluster={SeededPlan.Cluster(0)}&severity=page"),
        ("tests", Api + "?status=resolved&is_test=true"), ("text, common", Api + "?status=resolved&text=alert00"), ("text, rare", Api + "?status=resolved&text=alert1999%20of%20service-599"),
        ("opened", Api + "?status=open,resolved&sort=opened"), ("opened, rare cluster", Api + $"?status=resolved&sort=opened&cluster={SeededPlan.Cluster(11)}"),
        ("last day", Api + "?status=open,resolved&since={yesterday}"),
        ("counts", Api + "/counts"), ("page, open", "/"), ("page, resolved", "/?status=resolved"), ("page, rare namespace", $"/?status=resolved&namespace={SeededPlan.Namespace(140)}"),
        ("page, an incident of few alerts", "/incidents/{few}"), ("page, an incident of many alerts", "/incidents/{many}"), ("its alerts", Api + "/{many}/alerts"),
        ("find, common name", "/find?q=Alert0000"), ("find, rare name", "/find?q=Alert1999"), ("find, fingerprint", "/find?q={fingerprint}"), ("find, nothing", "/find?q=Nowhere"),
    ];

    public static Command Build()
    {
        var command = new Command("pages", "How long lists and pages take over a long history.") { Url, Requests, IsSeeded, SeedCommand.Incidents, SeedCommand.Alerts, Storms.Settings.DatabaseEnv };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parse, CancellationToken cancel)
    {
        if (!parse.GetValue(IsSeeded))
        {
            await using var connection = await Storms.Settings.Open(parse.GetValue(Storms.Settings.DatabaseEnv)!, cancel);
            await SeedCommand.Seed(connection, parse.GetValue(SeedCommand.Incidents), parse.GetValue(SeedCommand.Alerts), cancel);
        }

        using var http = new HttpClient { BaseAddress = new(parse.GetValue(Url)!) };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html, application/json");
        var figures = new List<Figure>();
        var known = await Known(http, cancel);
        foreach (var (name, path) in Paths)
        {
            var filled = known.Aggregate(path, static (text, one) => text.Replace(one.Key, one.Value, StringComparison.Ordinal));
            figures.Add(await Measure(http, name, filled, parse.GetValue(Requests), cancel));
        }

        figures.Add(await Measure(http, "resolved, 100 pages deep", await Deep(http, 100, cancel), parse.GetValue(Requests), cancel));
        Figure.Show(figures);
        return figures.Exists(static figure => figure.IsMet == false) ? 1 : 0;
    }

    /// <summary>What stands in the paths in braces: of the latest 200 that are resolved, the one of the fewest alerts and the one of the most.</summary>
    private static async Task<Dictionary<string, string>> Known(HttpClient http, CancellationToken cancel)
    {
        using var latest = JsonDocument.Parse(await http.GetStringAsync(Api + "?status=resolved&limit=200", cancel));
        var byAlerts = latest.RootElement.GetProperty("incidents").EnumerateArray()
            .OrderBy(static one => one.GetProperty("alert_count").GetInt64()).Select(static one => one.GetProperty("incident_id").GetString()!).ToList();
        using var alerts = JsonDocument.Parse(await http.GetStringAsync($"{Api}/{byAlerts[^1]}/alerts?limit=1", cancel));
        return new()
        {
            ["{yesterday}"] = TimeProvider.System.GetUtcNow().AddDays(-1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", null),
            ["{few}"] = byAlerts[0],
            ["{many}"] = byAlerts[^1],
            ["{fingerprint}"] = alerts.RootElement.GetProperty("alerts")[0].GetProperty("fingerprint").GetString()!,
        };
    }

    private static async Task<Figure> Measure(HttpClient http, string name, string path, int requests, CancellationToken cancel)
    {
        var times = new List<TimeSpan>();
        for (var n = -WarmUp; n < requests; n++)
        {
            var begun = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancel);
            await answer.Content.LoadIntoBufferAsync(cancel);
            var took = Stopwatch.GetElapsedTime(begun);
            if (!answer.IsSuccessStatusCode)
            {
                return new Figure(name, $"p99 ≤ {Promised.TotalMilliseconds:0} ms", $"{(int)answer.StatusCode} after {took.TotalMilliseconds:0} ms", false);
            }

            times.AddRange(n < 0 ? [] : [took]);
        }

        var delays = new Delays(times);
        var (p50, p99) = (delays.Quantile(0.5), delays.Quantile(0.99));
        var measured = $"p50 {p50.TotalMilliseconds:0.#} ms, p99 {p99.TotalMilliseconds:0.#} ms, longest {delays.Longest.TotalMilliseconds:0.#} ms";
        AnsiConsole.MarkupLineInterpolated($"{name}: {measured}");
        return new Figure(name, $"p99 ≤ {Promised.TotalMilliseconds:0} ms", measured, p99 <= Promised);
    }

    private static async Task<string> Deep(HttpClient http, int pages, CancellationToken cancel)
    {
        const string First = Api + "?status=resolved&limit=50";
        var path = First;
        for (var page = 0; page < pages; page++)
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), cancel));
            if (answer.RootElement.GetProperty("next_cursor").GetString() is not { } next)
            {
                break;
            }

            path = $"{First}&cursor={next}";
        }

        return path;
    }
}
