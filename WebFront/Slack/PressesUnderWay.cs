namespace Incidents.WebFront.Slack;

/// <summary>Presses that Slack has its answer to and that are not done yet: so many at once, and none is left behind when
/// the service stops.</summary>
/// <param name="act">What is done about a press.</param>
internal sealed partial class PressesUnderWay(
    Func<SlackPress, CancellationToken, Task> act, int most, TimeProvider clock, ILogger<PressesUnderWay> logger) : IHostedService, IDisposable
{
    /// <summary>Longer than a command and a word to its presser take; then the rest is given up.</summary>
    private static readonly TimeSpan DoneWithin = TimeSpan.FromSeconds(25);

    private readonly Lock _lock = new();
    private readonly HashSet<Task> _underWay = [];
    private readonly CancellationTokenSource _givenUp = new();
    private bool _stopping;

    /// <returns>False when there are too many, or the service stops: nothing is done.</returns>
    public bool TryBegin(SlackPress press)
    {
        lock (_lock)
        {
            if (_stopping || _underWay.Count >= most)
            {
                return false;
            }

            var acting = Act(press);
            _underWay.Add(acting);
            _ = acting.ContinueWith(Done, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return true;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (_lock)
        {
            _stopping = true;
            all = Task.WhenAll(_underWay);
        }

        try
        {
            await all.WaitAsync(DoneWithin, clock, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            await _givenUp.CancelAsync();
        }
    }

    public void Dispose() => _givenUp.Dispose();

    private void Done(Task acting)
    {
        lock (_lock)
        {
            _underWay.Remove(acting);
        }
    }

    /// <summary>Ends well whatever happens: nobody waits for it.</summary>
    private async Task Act(SlackPress press)
    {
        await Task.Yield(); // the answer to Slack waits for nothing
        try
        {
            await act(press, _givenUp.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(LogLevel.Error, "A press in Slack ended in an error")]
    private partial void LogFailed(Exception exception);
}
