using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Incidents.TestKit.FakeSlack;
using Incidents.TestKit.Load;
using MySqlConnector;

namespace Incidents.Benchmarks.Slack;

/// <summary>A running service, and the workspace in this process that it tells, with Slack's own limits.</summary>
internal sealed class ToldService : IAsyncDisposable
{
    private const int Connections = 256;
    private static readonly string[] Limited = [SlackMethods.Post, SlackMethods.Update, SlackMethods.History, SlackMethods.Conversations];

    private readonly HttpClient _http;
    private readonly string _database;

    private ToldService(FakeWorkspace workspace, Uri url, string database) =>
        (Workspace, _http, _database) = (workspace, new() { BaseAddress = url }, database);

    public FakeWorkspace Workspace { get; }

    /// <summary>Calls that Slack refused for being too many.</summary>
    public int OverLimit => Limited.Sum(Workspace.OverLimit);

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <param name="database">Name of the environment variable.</param>
    public static async Task<ToldService> Watch(Uri url, Uri api, string database)
    {
        var workspace = await FakeWorkspace.Start(TimeProvider.System, new(), api.Port);
        workspace.AddChannel("critical");
        workspace.AddChannel("info");
        return new(workspace, url, database);
    }

    /// <summary>One alert for a key of its own.</summary>
    /// <returns>The incident, and when the webhook was sent.</returns>
    public async Task<(string Incident, DateTimeOffset Sent)> Open(string key, string severity, CancellationToken cancel)
    {
        var sent = Now;
        using var answer = await _http.PostAsJsonAsync(
            "/webhook/grafana",
            new
            {
                version = "1",
                alerts = new[]
                {
                    new
                    {
                        status = "firing",
                        labels = new { alertname = "Watched", service = key, severity },
                        startsAt = sent.ToString("O", CultureInfo.InvariantCulture),
                        fingerprint = "00000000000000a1",
                    },
                },
            },
            cancel);
        var json = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancel);
        return (json.GetProperty("results")[0].GetProperty("incident_id").GetString()!, sent);
    }

    /// <returns>False when it was refused, as when the incident ended just before.</returns>
    public async Task<bool> Command(string incident, string command, CancellationToken cancel)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/incidents/{incident}/{command}", new { }, cancel);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Sends the arrivals of a plan.</summary>
    public async Task<StormTally.Counted> Send(StormPlan plan, TimeSpan duration, CancellationToken cancel)
    {
        var (folder, tally) = (Directory.CreateTempSubdirectory("incidents-slack."), new StormTally());
        try
        {
            await using var ledger = new LedgerWriter(Path.Combine(folder.FullName, "ledger.jsonl"), plan);
            using var storm = new Storm(new(plan), [new(_http.BaseAddress!, "/webhook/grafana")], [new("first")], ledger, tally);
            await storm.Run(duration, Connections, cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return tally.Now;
    }

    /// <summary>Of an incident, the oldest first.</summary>
    public List<FakeMessage> CardsOf(string incident) => [.. Workspace.Channels.SelectMany(static channel => channel.Messages).Where(one => one.IncidentId == incident)];

    /// <summary>Of all, by incident.</summary>
    public ILookup<string?, FakeMessage> Cards() => Workspace.Channels.SelectMany(static channel => channel.Messages).ToLookup(static one => one.IncidentId);

    public async Task<List<object[]>> Rows(string sql, object value, CancellationToken cancel)
    {
        await using var connection = await Storms.Settings.Open(_database, cancel);
        await using var command = new MySqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<object[]>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Workspace.DisposeAsync();
    }
}
