using System.Globalization;
using System.Text.Json;
using Incidents.WebFront.Api;
using Incidents.WebFront.Pages;
using Incidents.WebFront.Queries;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Incidents.WebFront.Live;

/// <summary>Writes down a changed incident.</summary>
internal sealed class LivePainter(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    public Task<string> Paint(IncidentRow row, LiveFormat format) => format.Kind switch
    {
        LiveKind.Incident => Task.FromResult(JsonSerializer.Serialize(new LiveIncident(row.Change, row), ApiJson.Default.LiveIncident)),
        LiveKind.Changed => Task.FromResult(Mark(row)),
        LiveKind.Row => Line(row, format),
    };

    public static string Mark(IncidentRow row) =>
        JsonSerializer.Serialize(new LiveMark(row.IncidentId, row.Change), ApiJson.Default.LiveMark);

    /// <summary>The very component of the page. A renderer keeps what it rendered, so each time there is a new one.</summary>
    private async Task<string> Line(IncidentRow row, LiveFormat format)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(format.Culture);
            var line = await renderer.RenderComponentAsync<IncidentLine>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(IncidentLine.Row)] = row,
                [nameof(IncidentLine.CanAct)] = format.CanAct,
            }));
            return line.ToHtmlString();
        });
    }
}

/// <summary>One item of the live feed.</summary>
/// <param name="Change">Of two items of one incident the one with the higher number is the newer.</param>
/// <param name="Incident">As <c>GET /api/incidents/{id}</c> gives it, without instances.</param>
internal sealed record LiveIncident(long Change, IncidentRow Incident);

/// <summary>That an incident changed.</summary>
internal sealed record LiveMark(string IncidentId, long Change);
