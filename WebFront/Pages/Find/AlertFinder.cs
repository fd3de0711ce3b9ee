using System.Text;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Api;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Webhooks;

namespace Incidents.WebFront.Pages;

/// <summary>Looks for what was asked for: among stored alerts, incidents and what was rejected.</summary>
internal sealed class AlertFinder(
    FindQueries find, IncidentQueries incidents, AlertQueries alerts, LatestQueries latest, SenderQueries senders, KeyExplainer explainer)
{
    private const int Few = 5;
    private const int MostPasted = 20;
    private const int LongestFingerprint = 64; // grafana_alerts.fingerprint

    public async Task<Answer> Find(Question question, CancellationToken cancel)
    {
        var answer = question switch
        {
            Question.Payload payload => await OfPayload(payload, cancel),
            Question.Incident incident => new() { Question = question, Incidents = await Whole([incident.Id], cancel) },
            Question.Rule rule => new() { Question = question, Incidents = await Whole(await find.OfRule(rule.Uid, Few, cancel), cancel) },
            Question.Name name => await OfName(name, cancel),
            _ => new Answer { Question = question },
        };
        return answer.IsNothing ? answer with { Senders = await Heard(cancel) } : answer;
    }

    private async Task<Answer> OfName(Question.Name name, CancellationToken cancel)
    {
        var text = name.Text;
        List<AlertRow> stored = [.. await find.Named(text, Few, cancel)];
        if (stored.Count == 0 && text.Length <= LongestFingerprint)
        {
            stored.AddRange((await alerts.OfASeries(text, null, Few, raw: false, cancel)).Rows);
        }

        List<IncidentId> ids = [.. Ids(stored.Select(static alert => alert.IncidentId))];
        if (IncidentKey.TryParse(text, out var key) && (await latest.Of([key], cancel)).GetValueOrDefault(key.Value) is { } last)
        {
            ids.AddRange(Ids([last.IncidentId]));
        }

        if (ids.Count == 0)
        {
            ids.AddRange(await find.OfRule(text, Few, cancel));
        }

        return new()
        {
            Question = name,
            Alerts = stored,
            Incidents = await Whole([.. ids.Distinct().Take(Few)], cancel),
            Rejected = stored.Count > 0 ? [] : await find.Rejected([text], Few, cancel),
        };
    }

    private async Task<Answer> OfPayload(Question.Payload payload, CancellationToken cancel)
    {
        if (explainer.Read(Encoding.UTF8.GetBytes(payload.Json), out var reason) is not { } readings)
        {
            return new() { Question = payload, Unreadable = reason.Message(), Rejected = await find.Rejected([Beginning(payload.Json)], Few, cancel) };
        }

        List<PastedAlert> pasted = [];
        List<string> missing = [];
        foreach (var reading in readings.Take(MostPasted))
        {
            if (reading.Alert is not { } alert)
            {
                pasted.Add(new("", "", reading.Reason?.Message(), null, [], null, null));
                continue;
            }

            var key = IncidentKey.Of(reading.Key.Parts);
            var stored = (await alerts.OfASeries(alert.Fingerprint, null, 1, raw: false, cancel)).Rows is [var newest] ? newest : null;
            var last = (await latest.Of([key], cancel)).GetValueOrDefault(key.Value);
            var row = last is null ? [] : await Whole([.. Ids([last.IncidentId])], cancel);
            pasted.Add(new(alert.AlertName, alert.Fingerprint, null, key.Value, KeyPartWords.Of(ExplainedParts.Of(reading.Key)), stored, row is [var one] ? one : null));
            if (stored is null)
            {
                missing.Add(alert.Fingerprint);
            }
        }

        return new()
        {
            Question = payload,
            Pasted = pasted,
            PastedCount = readings.Count,
            Rejected = missing.Count > 0 ? await find.Rejected(missing, Few, cancel)
                : pasted.Exists(static one => one.Refusal is not null) ? await find.Rejected([Beginning(payload.Json)], Few, cancel) : [],
        };
    }

    /// <summary>Enough to know a body by: all bodies of one contact point begin alike.</summary>
    private static string Beginning(string json) => json[..Math.Min(json.Length, 1_000)];

    private async Task<IReadOnlyList<IncidentRow>> Whole(IReadOnlyList<IncidentId> ids, CancellationToken cancel)
    {
        List<IncidentRow> found = [];
        foreach (var id in ids)
        {
            if (await incidents.Find(id, cancel) is { } row)
            {
                found.Add(row);
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<HeardSender>> Heard(CancellationToken cancel) =>
        [.. (await senders.List(cancel)).GroupBy(static peer => peer.Sender)
            .Select(static peers => new HeardSender(peers.Key, peers.Max(static peer => peer.LastDeliveryAt)))
            .OrderByDescending(static sender => sender.LastDeliveryAt).Take(Few)];

    private static IEnumerable<IncidentId> Ids(IEnumerable<string> texts) =>
        texts.Distinct().Select(static text => IncidentId.TryParse(text, out var id) ? id : default).Where(static id => id != default);
}
