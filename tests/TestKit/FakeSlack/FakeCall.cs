using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>A call as it came in.</summary>
/// <param name="Channel">As it was named.</param>
/// <param name="IncidentId">From the metadata of the message that is posted, or that is edited.</param>
/// <param name="Arguments">As sent; empty when they could not be read.</param>
public sealed record FakeCall(DateTimeOffset At, string Method, string? Channel, string? IncidentId, JsonObject Arguments)
{
    /// <summary><c>ok</c>, the error word, <c>dropped</c>, or the status; null while it is under way.</summary>
    public string? Answer { get; internal set; }
}
