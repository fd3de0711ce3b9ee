using System.Diagnostics.Metrics;
using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.Telemetry;

namespace Incidents.WebFront.Slack;

/// <summary>What became of presses, and of what was no press. Meter <c>Incidents</c>; tags are our own words.</summary>
internal sealed class PressInstruments(IMeterFactory meters)
{
    public const string NotConfirmed = "not_confirmed";

    private readonly Counter<long> _presses = meters.Create(HostTelemetry.Incidents)
        .CreateCounter<long>("incidents.slack.presses", "{press}", "Buttons and forms in Slack, by what came of them");

    private readonly Counter<long> _refused = meters.Create(HostTelemetry.Incidents)
        .CreateCounter<long>("incidents.slack.refused", "{request}", "Requests at /slack/interactions that were refused, by reason");

    public static string Text(CommandResult? result) =>
        result is null ? NotConfirmed : JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Outcome.ToString());

    /// <param name="outcome">One of our own words.</param>
    public void OnPress(string outcome) => _presses.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <param name="reason">One of our own words.</param>
    public void OnRefused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
