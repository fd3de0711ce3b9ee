using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Health;

/// <summary>
/// Whether an alert would be accepted now. Any number of probes cost one call a second: those that come together
/// share one, and its answer serves for a second.
/// </summary>
internal sealed class Readiness(IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<Pulse>? _latest;
    private long _begun;

    public Task<Pulse> Check()
    {
        lock (_lock)
        {
            if (_latest is null || (_latest.IsCompleted && clock.GetElapsedTime(_begun) > Fresh))
            {
                _begun = clock.GetTimestamp();
                _latest = Ask();
            }

            return _latest;
        }
    }

    private async Task<Pulse> Ask()
    {
        try
        {
            var pulse = await grains.Reach<IPulseGrain>(0).Check().WaitAsync(Limit, clock);

            // The silo's words may name hosts and users of the database, and everybody may ask here.
            return pulse.Problem is null ? pulse : new("A silo answers, but MySQL takes no write from it. Its log says why.");
        }
        catch (Exception e) when (RepeatedCall.IsPassing(e))
        {
            return new("No silo answers.");
        }
    }
}
