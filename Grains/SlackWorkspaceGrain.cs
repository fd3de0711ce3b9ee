using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MySqlConnector;
using Orleans.Concurrency;

namespace Incidents.Grains;

/// <summary>The one place that knows what all channels together used of Slack's limits; <see cref="WorkspaceBudget"/>
/// decides.</summary>
[GrainType("slack-workspace"), Reentrant]
internal sealed partial class SlackWorkspaceGrain(
    IOptions<SlackOptions> options, SlackSweep sweep, TimeProvider clock, ILogger<SlackWorkspaceGrain> logger) : Grain, ISlackWorkspaceGrain
{
    private const int MostChannels = 1_000;

    private readonly SortedSet<string> _channels = new(StringComparer.Ordinal);
    private DateTimeOffset _swept;
    private WorkspaceBudget _budget = WorkspaceBudget.Of(options.Value, clock.GetUtcNow());

    public Task<SlackLease> Lease(SlackUse use, string channel)
    {
        if (_channels.Count < MostChannels)
        {
            _channels.Add(channel);
        }

        (_budget, var lease) = _budget.Lease(use, channel, clock.GetUtcNow());
        return Task.FromResult(lease);
    }

    public Task Report(SlackTrouble trouble)
    {
        var before = _budget.TokenError;
        _budget = _budget.With(trouble, clock.GetUtcNow());
        if (before is null && _budget.TokenError is { } error)
        {
            LogTokenBroken(error, trouble.RetryAfter);
        }
        else if (before is not null && _budget.TokenError is null)
        {
            LogTokenSound();
        }

        return Task.CompletedTask;
    }

    public async Task Sweep()
    {
        var now = clock.GetUtcNow();
        if (now - _swept < SlackClock.Every / 2)
        {
            return; // another silo's clock ticked just before
        }

        _swept = now;
        try
        {
            await sweep.Run(CancellationToken.None);
        }
        catch (MySqlException exception)
        {
            LogUnavailable(exception.Message);
        }
    }

    public Task<SlackWorkspaceView> GetState() => Task.FromResult(new SlackWorkspaceView
    {
        Mode = options.Value.Mode.Snake(),
        TokenError = _budget.TokenError,
        Channels = [.. _channels],
    });

    [LoggerMessage(LogLevel.Error, "Slack refuses the token ({Error}): everything is kept, and tried again every {RetryAfter}")]
    private partial void LogTokenBroken(string error, TimeSpan retryAfter);

    [LoggerMessage(LogLevel.Warning, "What is to be told to Slack cannot be read now: {Message}")]
    private partial void LogUnavailable(string message);

    [LoggerMessage(LogLevel.Information, "Slack takes the token again")]
    private partial void LogTokenSound();
}
