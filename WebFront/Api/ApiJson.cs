using System.Text.Json.Serialization;
using Incidents.WebFront.Health;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Api;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CommandBody))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(IncidentRow))]
[JsonSerializable(typeof(IncidentList))]
[JsonSerializable(typeof(IncidentState))]
[JsonSerializable(typeof(SenderList))]
internal sealed partial class ApiJson : JsonSerializerContext;
