using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Health;

/// <summary>Whether an alert would be accepted now.</summary>
internal sealed class Readiness
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly SharedLook<Pulse> _pulse;

    public Readiness(IGrainFactory grains, TimeProvider clock) => _pulse = new(() => Ask(grains, clock), clock);

    public Task<Pulse> Check() => _pulse.Get();

    private static async Task<Pulse> Ask(IGrainFactory grains, TimeProvider clock)
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
