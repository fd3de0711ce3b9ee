namespace Incidents.Grains.Interfaces;

/// <summary>The one sweeper of the cluster (key 0): pokes the grains whose incident is due.</summary>
[GrainInterfaceType("due-sweep"), Alias("due-sweep-grain")]
public interface IDueSweepGrain : IGrainWithIntegerKey
{
    /// <summary>Reviews what is due by now. Every silo calls it; calls close together do nothing.</summary>
    [Alias("sweep"), ResponseTimeout("00:01:00")]
    Task Sweep();
}
