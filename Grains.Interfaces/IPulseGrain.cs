namespace Incidents.Grains.Interfaces;

/// <summary>Answers whether an alert would be accepted now: a call to a silo that goes through its writer to MySQL.</summary>
[GrainInterfaceType("pulse"), Alias("pulse-grain")]
public interface IPulseGrain : IGrainWithIntegerKey
{
    [Alias("check"), ResponseTimeout("00:00:05")]
    Task<Pulse> Check();
}

/// <param name="Problem">What is wrong, in words without secrets; null when accepting.</param>
[GenerateSerializer, Immutable, Alias("pulse")]
public sealed record Pulse([property: Id(0)] string? Problem);
