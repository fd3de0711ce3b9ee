using Incidents.Grains.Interfaces;
using Incidents.WebFront.Api;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>What became of a press in the list, carried in the address of the page after it: by name, so that nobody can
/// put words of their own on a page of ours.</summary>
/// <param name="Outcome">Null: nothing was confirmed in time.</param>
public sealed record ListFlash(CommandKind Kind, CommandOutcome? Outcome, IncidentRow? Incident)
{
    private const string Unconfirmed = "unconfirmed";

    internal static string[] Names { get; } = ["did", "outcome", "of"];

    internal static IEnumerable<KeyValuePair<string, string?>> Write(CommandKind kind, CommandOutcome? outcome, IncidentId of) =>
    [
        new("did", Text(kind)),
        new("outcome", outcome is { } known ? Outcomes.Text(known) : Unconfirmed),
        new("of", of.Value),
    ];

    internal static async Task<ListFlash?> Read(IQueryCollection query, IncidentQueries incidents, CancellationToken cancel)
    {
        var (did, outcome) = (query["did"].ToString(), query["outcome"].ToString());
        CommandKind? kind = did == Text(CommandKind.Acknowledge) ? CommandKind.Acknowledge
            : did == Text(CommandKind.Resolve) ? CommandKind.Resolve : null;
        CommandOutcome? known = Enum.GetValues<CommandOutcome>().Where(one => Outcomes.Text(one) == outcome)
            .Select(static one => (CommandOutcome?)one).FirstOrDefault();
        if (kind is not { } what || (known is null && outcome != Unconfirmed) || !IncidentId.TryParse(query["of"].ToString(), out var id))
        {
            return null;
        }

        var row = await incidents.Of([id], cancel) is [var incident] ? incident : null;
        return new Doing(what, known).Fits(row?.Status ?? "") ? new(what, known, row) : null;
    }

    private static string Text(CommandKind kind) => kind.ToString().ToLowerInvariant();
}
