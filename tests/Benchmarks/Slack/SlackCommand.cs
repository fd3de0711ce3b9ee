using System.CommandLine;
using Spectre.Console;

namespace Incidents.Benchmarks.Slack;

/// <summary><c>slack</c>: when people see what in Slack, at Slack's own limits.</summary>
internal static class SlackCommand
{
    private static readonly Option<string> Url = new("--url") { Description = "address of a WebFront whose silos tell the workspace", Required = true };

    private static readonly Option<string> Api = new("--api-env")
    {
        Description = "environment variable with the address where the silos call Slack: the workspace listens there",
        DefaultValueFactory = static _ => "Slack__ApiBaseUrl",
    };

    private static readonly Option<string> Part = new("--part") { Description = "what is measured", DefaultValueFactory = static _ => "all" };

    /// <summary>By name, in the order in which they are measured.</summary>
    private static readonly (string Name, Func<ToldService, CancellationToken, Task<IReadOnlyList<Figure>>> Measure)[] Parts =
        [("first", FirstCard.Measure), ("onekey", OneKey.Measure), ("storm", ManyKeys.Measure)];

    public static Command Build()
    {
        Part.AcceptOnlyFromAmong([.. Parts.Select(static part => part.Name), "all"]);
        var command = new Command("slack", "How soon and how often Slack is told, against what was promised.") { Url, Api, Part, Storms.Settings.DatabaseEnv };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parse, CancellationToken cancel)
    {
        var api = Storms.Settings.Environment(parse.GetValue(Api)!)
            ?? throw new InvalidOperationException($"The environment variable {parse.GetValue(Api)} names no address.");
        await using var service = await ToldService.Watch(new(parse.GetValue(Url)!), new(api), parse.GetValue(Storms.Settings.DatabaseEnv)!);
        var figures = new List<Figure>();
        foreach (var (name, measure) in Parts.Where(part => parse.GetValue(Part) is var asked && (asked == "all" || asked == part.Name)))
        {
            AnsiConsole.MarkupLineInterpolated($"measuring {name}");
            figures.AddRange((await measure(service, cancel)).Select(figure => figure with { Part = name }));
        }

        Figure.Show(figures);
        return figures.Exists(static figure => figure.IsMet == false) ? 1 : 0;
    }
}
