using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Senders;

/// <summary>A real Alertmanager with our deploy file, in which only addresses, the token's place and the waiting times
/// are others.</summary>
internal sealed partial class Alertmanager : IDisposable
{
    private readonly HttpClient _http;

    private Alertmanager(ServiceProcess process) => _http = new() { BaseAddress = process.Url };

    /// <param name="folder">For its configuration and its data.</param>
    public static async Task<Alertmanager> Start(
        RunningCluster cluster, Uri webFront, string folder, string tokenFile, CancellationToken cancel)
    {
        var config = Path.Combine(folder, "alertmanager.yml");
        await File.WriteAllTextAsync(config, await Config(webFront, tokenFile, cancel), cancel);
        var port = FreePort.Next();
        var process = cluster.Start(
            "Alertmanager",
            [Program(), $"--config.file={config}", $"--storage.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="],
            port,
            []);
        await process.IsReady(cancel, "/-/ready");
        return new(process);
    }

    /// <summary>As Prometheus does.</summary>
    public async Task Post(object alert, CancellationToken cancel)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri("/api/v2/alerts", UriKind.Relative), new[] { alert }, cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Tries to reach us that failed, by its own count.</summary>
    public async Task<int> FailedTries(CancellationToken cancel) => FailedRequests()
        .Matches(await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancel))
        .Sum(static line => int.Parse(line.Groups["count"].Value, CultureInfo.InvariantCulture));

    public void Dispose() => _http.Dispose();

    private static string Program() =>
        Environment.GetEnvironmentVariable("TEST_ALERTMANAGER")
        ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .SelectMany(static folder => (string[])[Path.Combine(folder, "prometheus-alertmanager"), Path.Combine(folder, "alertmanager")])
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            "There is no Alertmanager: install the package prometheus-alertmanager, or name the program in TEST_ALERTMANAGER.");

    private static async Task<string> Config(Uri webFront, string tokenFile, CancellationToken cancel)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy/alertmanager/alertmanager.yml"), cancel);
        foreach (var (pattern, ours) in new[]
        {
            (@"https?://[^/\s]+(?=/webhook/alertmanager)", webFront.GetLeftPart(UriPartial.Authority)),
            (@"(?<=credentials_file:\s*)[^\s}]+", tokenFile),
            (@"(?<=group_wait:\s*)\w+", "200ms"),
            (@"(?<=group_interval:\s*)\w+", "1s"),
        })
        {
            Assert.Matches(pattern, text);
            text = Regex.Replace(text, pattern, ours);
        }

        return text;
    }

    [GeneratedRegex(@"^alertmanager_notification_requests_failed_total\{.*integration=""webhook"".*\} (?<count>\d+)", RegexOptions.Multiline)]
    private static partial Regex FailedRequests();
}
