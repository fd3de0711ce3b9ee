using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.WebFront.Senders;

/// <summary>Brings the counts of <see cref="SenderLedger"/> to the database every few seconds, all in one statement,
/// and a last time when the host stops. What could not be written is written with the next; a connection that breaks
/// just as it commits may count a delivery twice.</summary>
internal sealed partial class SenderWriter(
    SenderLedger ledger, MySqlDataSource database, IOptions<SenderLedgerOptions> options, TimeProvider clock, ILogger<SenderWriter> logger)
    : BackgroundService
{
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(10);

    private DateTimeOffset _forgot;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Write(); // no webhook is under way any more: the server stopped before
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WriteEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Write();
        }
    }

    private async Task Write()
    {
        var tallies = ledger.Take();
        if (tallies.Count == 0)
        {
            return;
        }

        using var giveUp = new CancellationTokenSource(GiveUpAfter, clock);
        var written = false;
        try
        {
            await using var connection = await database.OpenConnectionAsync(giveUp.Token);
            await SenderRows.Add(connection, tallies, giveUp.Token);
            written = true;
            if (clock.GetUtcNow() is var now && now - _forgot > ForgetEvery)
            {
                await SenderRows.Forget(connection, now - options.Value.KeepPeers, giveUp.Token);
                _forgot = now;
            }
        }
        catch (Exception e) when (e is MySqlException or OperationCanceledException or TimeoutException)
        {
            LogNotWritten(e.Message);
        }
        finally
        {
            ledger.Return(written ? [] : tallies);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What senders delivered cannot be written now, it is with the next time: {Message}")]
    private partial void LogNotWritten(string message);
}
