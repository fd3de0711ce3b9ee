using System.Text.Json;
using Incidents.WebFront.Queries;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Tests.Http;

public sealed class ApiJsonTests
{
    [Fact]
    public async Task An_incident_is_given_in_snake_case_with_its_instances()
    {
        await using var app = RunningWebFront.Build();
        var row = new IncidentRow
        {
            IncidentId = "INC-1",
            IncidentKey = "k",
            Status = "active",
            Severity = "error",
            PeakSeverity = "critical",
            Instances = [new() { Fingerprint = "f", State = "firing", ValuesJson = """{"A":1.5}""" }],
        };

        var json = JsonSerializer.SerializeToElement(
            row, app.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

        Assert.Equal("critical", json.GetProperty("peak_severity").GetString());
        Assert.Equal(1.5, json.GetProperty("instances")[0].GetProperty("values").GetProperty("A").GetDouble());
        Assert.False(json.GetProperty("instances")[0].TryGetProperty("values_json", out _));
    }
}
