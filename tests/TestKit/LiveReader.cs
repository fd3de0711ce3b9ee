using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Incidents.TestKit;

/// <summary>A live feed as a program reads it.</summary>
public sealed class LiveReader : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly CancellationTokenSource _end = new();
    private readonly SseParser<string> _parser;
    private readonly List<SseItem<string>> _passed = [];

    private LiveReader(HttpResponseMessage answer, Stream body)
    {
        _answer = answer;
        _parser = SseParser.Create(body);
        _items = _parser.EnumerateAsync(_end.Token).GetAsyncEnumerator(_end.Token);
    }

    /// <summary>Of the last event that was read: with it the next stream goes on.</summary>
    public string Last => _parser.LastEventId;

    public HttpResponseMessage Answer => _answer;

    public static async Task<LiveReader> Open(HttpClient client, string path, string? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of that name whose data fits. What comes before is kept for whoever asks for it later: among
    /// several incidents the feed promises no order.</summary>
    public async Task<string> Next(string name, Func<string, bool>? fits = null)
    {
        if (_passed.FindIndex(Fits) is >= 0 and var passed)
        {
            var kept = _passed[passed];
            _passed.RemoveAt(passed);
            return kept.Data;
        }

        bool Fits(SseItem<string> item) => item.EventType == name && (fits is null || fits(item.Data));
        using var deadline = new CancellationTokenSource(Longest);
        using var ends = deadline.Token.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        try
        {
            while (await _items.MoveNextAsync())
            {
                var item = _items.Current;
                if (Fits(item))
                {
                    return item.Data;
                }

                _passed.Add(item);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Within {Longest.TotalSeconds} s there was no such event '{name}', only: {Passed}");
        }

        throw new EndOfStreamException($"The stream ended without such an event '{name}', only: {Passed}");
    }

    /// <summary>The next state of that incident.</summary>
    public async Task<JsonElement> Next(string name, string incidentId, Func<JsonElement, bool>? fits = null) => JsonElement.Parse(
        await Next(name, data => data.Contains(incidentId, StringComparison.Ordinal) && (fits is null || fits(JsonElement.Parse(data)))));

    private string Passed => string.Join("; ", _passed.Select(static item => $"{item.EventType} {item.Data[..Math.Min(80, item.Data.Length)]}"));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _items.DisposeAsync();
        _answer.Dispose();
        _end.Dispose();
    }
}
