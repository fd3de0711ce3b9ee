using Incidents.Grains.Interfaces;
using Incidents.WebFront.Api;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Pages;

/// <summary>Reads what the page of incidents shows.</summary>
internal sealed class ListReader(IncidentQueries incidents, CountQueries counts, TimeProvider clock)
{
    private const int MaxShown = 64;

    private static readonly IncidentFilter LastResolved = new() { Statuses = [IncidentStatus.Resolved] };

    public async Task<ListView> Read(IQueryCollection query, CancellationToken cancel)
    {
        var address = ListAddress.Of(query, ListFlash.Names);
        var view = new ListView(address, [], null, await counts.Read(cancel), clock.GetUtcNow());
        var reader = new ParameterReader();
        var (filter, after, limit) = address.Asked.Read(reader);
        if (FaultOf(address, reader) is { } fault)
        {
            return view with { Fault = fault };
        }

        var page = await incidents.List(filter, after, limit, cancel);
        return view with
        {
            Rows = page.Rows,
            Next = page.Next,
            Flash = await ListFlash.Read(query, incidents, cancel),
            Latest = page.Rows.Count == 0 && (await incidents.List(LastResolved, null, 1, cancel)).Rows is [var last] ? last : null,
        };
    }

    private static string? FaultOf(ListAddress address, ParameterReader reader) => address.Unknown is [var unknown, ..]
        ? $"{ListWords.UnknownFilter} {CleanText.Cut(CleanText.Strip(unknown), MaxShown)}"
        : reader.Problem?.ProblemDetails.Detail;
}
