using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>
/// Decides on everything that waits for one key, in order, and gathers what it comes to: one
/// <see cref="KeyChange"/>. Pure: built from a state, fed, read once.
/// </summary>
/// <param name="earlier">Incidents of the key before its latest that commands name; they are resolved.</param>
internal sealed class KeyDraft(
    KeyState state, DateTimeOffset now, EpisodeOptions options, IReadOnlyDictionary<IncidentId, Episode>? earlier = null)
{
    private readonly KeyState _before = state;
    private readonly Dictionary<IncidentId, Episode> _episodes = [];
    private readonly HashSet<IncidentId> _amended = [];
    private readonly List<IncidentId> _opened = [];
    private readonly List<StoredAlert> _alerts = [];
    private readonly List<TimelineEntry> _timeline = [];
    private readonly HashSet<InstanceKey> _instances = [];
    private KeyState _state = state;
    private bool _renewDue;

    public StoredAlert Observe(AlertBatch batch, Alert alert, bool anyFiring)
    {
        var sighting = Sighting.Of(batch, alert, anyFiring, options.Severities);
        var opened = false;
        foreach (var fact in AlertRules.Decide(_state, sighting, now, options))
        {
            opened |= fact is Fact.Opened;
            Record(fact, batch, alert, opened);
        }

        return _alerts[^1];
    }

    public CommandOutcome Command(IncidentCommand command)
    {
        var (outcome, fact) = CommandRules.Decide(Find(command.IncidentId), command, now);
        if (fact is not null)
        {
            Apply(fact, command.IncidentId);
        }

        return outcome;
    }

    /// <summary>An incident of the key as it is by now; null when there is none.</summary>
    public IncidentView? View(IncidentId id) => Find(id)?.View();

    /// <summary>Lets time do its part; what is not due yet gets its next due time written.</summary>
    public void Review()
    {
        var facts = ReviewRules.Decide(_state, now, options);
        foreach (var fact in facts)
        {
            Apply(fact);
        }

        _renewDue |= facts.IsEmpty && _state.Open is { } open && open.Id == _before.Last?.Id;
    }

    public KeyChange Finish() => new(
        _before,
        _state,
        now,
        _before.Last is { } last && _episodes.GetValueOrDefault(last.Id, last) is var updated && Differs(last, updated)
            ? updated
            : null,
        [.. _opened.Select(id => _episodes[id])],
        [.. _amended.Select(id => _episodes[id])],
        [.. _alerts],
        [.. _timeline],
        [.. _instances.Select(i => new ChangedInstance(
            i.IncidentId, i.Fingerprint, _episodes[i.IncidentId].Instances[i.Fingerprint], i.ValuesOf))],
        options);

    private bool Differs(Episode last, Episode updated) => _renewDue
        || updated.LastSeenAt != last.LastSeenAt
        || updated.UpdatedAt != last.UpdatedAt
        || updated.EventSeq != last.EventSeq
        || updated.FiringCount != last.FiringCount
        || updated.StartTime != last.StartTime;

    private void Record(Fact fact, AlertBatch batch, Alert alert, bool isNew)
    {
        if (fact is Fact.Opened opened)
        {
            var title = alert.AlertName.Length > 0 ? alert.AlertName : "(unnamed alert)";
            Begin(opened, Evolution.Begin(opened, batch.Parts, title, alert.Summary));
            return;
        }

        var had = _state.Last!.Instances;
        Apply(fact);
        if (fact is not Fact.AlertStored stored)
        {
            return;
        }

        var last = _state.Last!;
        _alerts.Add(new(batch, alert, stored.Sighting, stored.Reason, last.Id, isNew));
        if (!ReferenceEquals(had, last.Instances))
        {
            var changed = new InstanceKey(last.Id, alert.Fingerprint, alert.Values);
            _instances.Remove(changed);
            _instances.Add(changed);
        }
    }

    private void Begin(Fact.Opened fact, Episode episode)
    {
        _opened.Add(episode.Id);
        Adopt(episode);
        _timeline.Add(TimelineEntry.Of(fact, episode));
    }

    private Episode? Find(IncidentId id) => _state.Last is { } last && last.Id == id
        ? last
        : _episodes.GetValueOrDefault(id)
            ?? (_before.Last is { } before && before.Id == id ? before : earlier?.GetValueOrDefault(id));

    private void Apply(Fact fact, IncidentId id)
    {
        if (id == _state.Last?.Id)
        {
            Apply(fact);
            return;
        }

        var before = Find(id)!;
        var after = Dated(before, before.Apply(fact));
        _episodes[id] = after;
        _timeline.Add(TimelineEntry.Of(fact, after));
        if (id != _before.Last?.Id && !_opened.Contains(id))
        {
            _amended.Add(id);
        }
    }

    private void Apply(Fact fact)
    {
        var after = Dated(_state.Last!, _state.Last!.Apply(fact));
        Adopt(after);
        if (fact is not Fact.AlertStored)
        {
            _timeline.Add(TimelineEntry.Of(fact, after));
        }
    }

    private Episode Dated(Episode before, Episode after) =>
        after.EventSeq != before.EventSeq || now - before.UpdatedAt >= Episode.LastSeenStep ? after with { UpdatedAt = now } : after;

    private void Adopt(Episode episode)
    {
        _state = _state with { Last = episode };
        CollectionsMarshal.GetValueRefOrAddDefault(_episodes, episode.Id, out _) = episode;
    }

    /// <summary>Equal by incident and series; carries the values of the alert that changed it last.</summary>
    private readonly record struct InstanceKey(IncidentId IncidentId, string Fingerprint, string? ValuesOf)
    {
        public bool Equals(InstanceKey other) => IncidentId == other.IncidentId && Fingerprint == other.Fingerprint;

        public override int GetHashCode() => HashCode.Combine(IncidentId, Fingerprint);
    }
}
