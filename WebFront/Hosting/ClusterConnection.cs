namespace Incidents.WebFront.Hosting;

/// <summary>
/// Connects to the cluster beside the start of the host, not in it: Orleans' own hosted service holds up all that
/// start after it, the HTTP port among them, for as long as there is no silo. Until it is there webhooks wait inside
/// their deadline.
/// </summary>
internal sealed partial class ClusterConnection(
    IClusterClient client, IHostApplicationLifetime life, ILogger<ClusterConnection> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _connecting = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _connecting = Connect(_stopping.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _connecting.WaitAsync(cancellationToken);
        await ((IHostedService)client).StopAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task Connect(CancellationToken cancel)
    {
        await Task.Yield();
        try
        {
            await ((IHostedService)client).StartAsync(cancel);
            LogConnected();
        }
        catch (Exception e) when (cancel.IsCancellationRequested)
        {
            LogGaveUp(e.GetType().Name);
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            // The retry filter takes whatever may pass. Without a cluster every webhook would be a 503: end, loudly.
            LogBroken(bug);
            life.StopApplication();
        }
    }

    [LoggerMessage(LogLevel.Critical, "The cluster cannot be joined; stopping")]
    private partial void LogBroken(Exception bug);

    [LoggerMessage(LogLevel.Information, "Connected to the cluster")]
    private partial void LogConnected();

    [LoggerMessage(LogLevel.Information, "Stopped before the cluster was there ({Exception})")]
    private partial void LogGaveUp(string exception);
}
