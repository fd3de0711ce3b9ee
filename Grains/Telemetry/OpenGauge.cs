using System.Diagnostics.Metrics;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Telemetry;

/// <summary>
/// Open incidents by severity and status, as the one silo that sweeps read them. All others say zero, and so does one that
/// sweeps no more, after a while: the greatest of all silos' figures is the right one.
/// </summary>
internal sealed class OpenGauge
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _clock;
    private readonly Dictionary<OpenGroup, long> _none;
    private (long Read, IReadOnlyDictionary<OpenGroup, long> Counts)? _last;

    /// <param name="severities">Those that are always told of, with zero if need be.</param>
    public OpenGauge(Meter meter, TimeProvider clock, SeverityScale severities)
    {
        _clock = clock;
        _none = severities.Names
            .SelectMany(static severity => Enumerable.Select(
                [IncidentStatus.Active, IncidentStatus.Acknowledged], status => new OpenGroup(severity, status)))
            .ToDictionary(static group => group, static _ => 0L);
        meter.CreateObservableGauge("incidents.open", Measure, "{incident}", "Open incidents by severity and status");
    }

    /// <param name="counts">All of them; a group that is not named has none.</param>
    public void Set(IReadOnlyDictionary<OpenGroup, long> counts) => _last = (_clock.GetTimestamp(), counts);

    /// <summary>They could not be read: this silo still sweeps, and what it read last is the best there is.</summary>
    public void Keep() => _last = _last is var (_, counts) ? (_clock.GetTimestamp(), counts) : null;

    private IEnumerable<Measurement<long>> Measure()
    {
        var counts = _last is var (read, known) && _clock.GetElapsedTime(read) < Fresh ? known : _none;
        return _none.Keys.Union(counts.Keys).Select(group => new Measurement<long>(
            counts.GetValueOrDefault(group), new("severity", group.Severity), new("status", group.Status.Snake())));
    }
}

/// <param name="Severity">A configured one, now or when its incident was stored: rules store no other.</param>
internal readonly record struct OpenGroup(string Severity, IncidentStatus Status);
