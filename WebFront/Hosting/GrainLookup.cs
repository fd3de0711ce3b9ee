namespace Incidents.WebFront.Hosting;

internal static class GrainLookup
{
    /// <summary>A client that has not met a silo yet knows no grains, and says so with an ArgumentException; here that
    /// is what it means: nobody is there.</summary>
    /// <exception cref="OrleansException">No silo that has this grain was met yet.</exception>
    public static T Reach<T>(this IGrainFactory grains, string key)
        where T : IGrainWithStringKey
    {
        try
        {
            return grains.GetGrain<T>(key);
        }
        catch (ArgumentException e)
        {
            throw new OrleansException("No silo that has this grain was met yet.", e);
        }
    }

    /// <inheritdoc cref="Reach{T}(IGrainFactory, string)"/>
    public static T Reach<T>(this IGrainFactory grains, long key)
        where T : IGrainWithIntegerKey
    {
        try
        {
            return grains.GetGrain<T>(key);
        }
        catch (ArgumentException e)
        {
            throw new OrleansException("No silo that has this grain was met yet.", e);
        }
    }
}
