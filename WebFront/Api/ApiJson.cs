using System.Text.Json.Serialization;
using Incidents.WebFront.Health;
using Incidents.WebFront.Live;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Api;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CommandBody))]
[JsonSerializable(typeof(ResolveBody))]
[JsonSerializable(typeof(NoteBody))]
[JsonSerializable(typeof(AmendBody))]
[JsonSerializable(typeof(HealthState))]
[JsonSerializable(typeof(IncidentRow))]
[JsonSerializable(typeof(LiveIncident))]
[JsonSerializable(typeof(LiveMark))]
[JsonSerializable(typeof(IncidentPage))]
[JsonSerializable(typeof(AlertPage))]
[JsonSerializable(typeof(TimelinePage))]
[JsonSerializable(typeof(RejectedPage))]
[JsonSerializable(typeof(RejectedRow))]
[JsonSerializable(typeof(IncidentCounts))]
[JsonSerializable(typeof(ExplainedKeys))]
[JsonSerializable(typeof(IncidentState))]
[JsonSerializable(typeof(SenderList))]
[JsonSerializable(typeof(SystemState))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ApiJson : JsonSerializerContext;
