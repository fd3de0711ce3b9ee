using System.Globalization;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Queries;

/// <summary>Which incidents a list shows, and in which order. A list of values means any of them, none means all.</summary>
internal sealed record IncidentFilter
{
    public IReadOnlyList<IncidentStatus> Statuses { get; init; } = [IncidentStatus.Active, IncidentStatus.Acknowledged];

    public IReadOnlyList<string> Severities { get; init; } = [];

    public IReadOnlyList<string> Clusters { get; init; } = [];

    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public IReadOnlyList<string> Services { get; init; } = [];

    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>How the title begins, in any case.</summary>
    public string? Text { get; init; }

    /// <summary>Heard of at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Heard of last before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    public bool? IsTest { get; init; }

    public IncidentSort Sort { get; init; } = IncidentSort.LastSeen;

    /// <summary>The whole of it as one text, to which a cursor is bound.</summary>
    public string Signature => string.Join('\u001f',
    [
        "incidents", $"{Sort}", string.Join(',', Statuses), Join(Severities), Join(Clusters), Join(Namespaces), Join(Services),
        Join(Rules), Text ?? "", Time(Since), Time(Until), $"{IsTest}",
    ]);

    private static string Join(IReadOnlyList<string> values) => string.Join('\u001e', values);

    private static string Time(DateTimeOffset? time) => time?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Always the newest first.</summary>
internal enum IncidentSort
{
    LastSeen = 1,

    /// <summary>By the second of opening, which is the incident id's.</summary>
    Opened = 2,
}

/// <summary>The last row that was given.</summary>
internal readonly record struct IncidentPosition(DateTime LastSeenAt, string IncidentId)
{
    public string Cursor(IncidentFilter filter) => Queries.Cursor.Write(
        filter.Signature, LastSeenAt.Ticks.ToString(CultureInfo.InvariantCulture), IncidentId);

    public static IncidentPosition? Read(string cursor, IncidentFilter filter) =>
        Queries.Cursor.TryRead(cursor, filter.Signature, 2, out var values)
            && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
            && Grains.Interfaces.IncidentId.TryParse(values[1], out _)
            ? new(new(ticks, DateTimeKind.Utc), values[1])
            : null;
}
