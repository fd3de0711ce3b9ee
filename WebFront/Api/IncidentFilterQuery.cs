using System.ComponentModel;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Incidents.WebFront.Api;

/// <summary>The query parameters that say which incidents are meant.</summary>
internal class IncidentFilterQuery
{
    private const int MaxValues = 10;
    private const int MaxSeverity = 64;
    private const int MaxPart = 255;

    [FromQuery(Name = "status"), Description("active, acknowledged, resolved or open (default: open); repeatable, or with commas.")]
    public string[]? Status { get; init; }

    [FromQuery(Name = "severity"), Description("Severity now; at most 10, repeated or with commas.")]
    public string[]? Severity { get; init; }

    [FromQuery(Name = "cluster"), Description("At most 10, repeated or with commas.")]
    public string[]? Cluster { get; init; }

    [FromQuery(Name = "namespace"), Description("At most 10, repeated or with commas.")]
    public string[]? Namespace { get; init; }

    [FromQuery(Name = "service"), Description("At most 10, repeated or with commas.")]
    public string[]? Service { get; init; }

    [FromQuery(Name = "rule"), Description("Rule uid; at most 10, repeated or with commas.")]
    public string[]? Rule { get; init; }

    [FromQuery(Name = "text"), Description("How the title begins, in any case; at most 255 characters.")]
    public string? Text { get; init; }

    [FromQuery(Name = "since"), Description("Heard of last at this time or later, such as 2026-01-02T03:04:05Z.")]
    public string? Since { get; init; }

    [FromQuery(Name = "until"), Description("Heard of last before this time.")]
    public string? Until { get; init; }

    [FromQuery(Name = "is_test"), Description("true: only those of Grafana's Test button; false: without them. Default: both.")]
    public string? IsTest { get; init; }

    public IncidentFilter Filter(ParameterReader reader) => new()
    {
        Statuses = Statuses(reader),
        Severities = reader.Values("severity", Severity, MaxValues, MaxSeverity),
        Clusters = reader.Values("cluster", Cluster, MaxValues, MaxPart),
        Namespaces = reader.Values("namespace", Namespace, MaxValues, MaxPart),
        Services = reader.Values("service", Service, MaxValues, MaxPart),
        Rules = reader.Values("rule", Rule, MaxValues, MaxPart),
        Text = reader.Text("text", Text, MaxPart),
        Since = reader.Time("since", Since),
        Until = reader.Time("until", Until),
        IsTest = reader.Flag("is_test", IsTest),
    };

    private IReadOnlyList<IncidentStatus> Statuses(ParameterReader reader)
    {
        if (Status is { Length: > 0 } && Array.TrueForAll(Status, static one => !one.AsSpan().ContainsAnyExcept(',', ' ')))
        {
            reader.Refuse("status", "status must not be empty; leave it out to see the open ones."); // as in Values
        }

        if (StatusFilter.Read(new StringValues(Status)) is { } statuses)
        {
            return statuses;
        }

        reader.Refuse("status", "status must be active, acknowledged, resolved or open.");
        return [];
    }
}
