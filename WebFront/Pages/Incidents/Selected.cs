using System.Globalization;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Pages;

/// <summary>An incident as a form names it, with the revision that the person saw.</summary>
internal readonly record struct Selected(IncidentId Id, int Revision)
{
    /// <summary>In the value of a button or a box.</summary>
    public static string Text(string id, int revision) => string.Create(CultureInfo.InvariantCulture, $"{id} {revision}");

    public static Selected? Read(string? text)
    {
        var parts = text?.Split(' ') ?? [];
        return parts.Length == 2 && IncidentId.TryParse(parts[0], out var id)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? new(id, revision)
            : null;
    }
}
