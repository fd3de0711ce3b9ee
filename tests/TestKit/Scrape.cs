using System.Globalization;

namespace Incidents.TestKit;

/// <summary>What a host shows at <c>/metrics</c>.</summary>
public sealed class Scrape
{
    private Scrape(string text) => Text = text;

    public string Text { get; }

    /// <summary>As PromQL has them; of a histogram the parts <c>_bucket</c>, <c>_sum</c> and <c>_count</c>.</summary>
    public IEnumerable<string> Names => Samples.Select(static line => line[..line.AsSpan().IndexOfAny('{', ' ')]).Distinct();

    private IEnumerable<string> Samples =>
        Text.Split('\n').Where(static line => line.Length > 0 && !line.StartsWith('#'));

    /// <param name="host">Such as <c>http://127.0.0.1:8080</c>.</param>
    public static async Task<Scrape> Of(Uri host, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = host };
        return new(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancel));
    }

    /// <summary>The sum of a metric's samples that have all these labels.</summary>
    /// <param name="labels">Each such as <c>reason="new"</c>.</param>
    public double Sum(string name, params string[] labels) => Samples
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '{' or ' ')
        .Where(line => labels.All(label => line.Contains(label, StringComparison.Ordinal)))
        .Sum(static line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
}
