using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Live;

/// <summary>What waits to be published, the newest of each incident. Bounded: what finds no room is only remembered as
/// missed. Not thread-safe.</summary>
internal sealed class NewsBuffer(int room)
{
    private readonly Dictionary<IncidentId, (IncidentNews News, bool IsUrgent)> _waiting = [];

    /// <summary>When the oldest change was decided that is missing here; null: none is.</summary>
    public DateTimeOffset? MissedSince { get; private set; }

    public bool IsEmpty => _waiting.Count == 0 && MissedSince is null;

    /// <summary>A person waits for something here.</summary>
    public bool IsUrgent { get; private set; }

    public void Add(IncidentNews news, bool isUrgent)
    {
        if (_waiting.TryGetValue(news.Id, out var known))
        {
            _waiting[news.Id] = (known.News.Change > news.Change ? known.News : news, known.IsUrgent || isUrgent);
        }
        else if (_waiting.Count < room)
        {
            _waiting.Add(news.Id, (news, isUrgent));
        }
        else
        {
            Miss(news.UpdatedAt);
            return;
        }

        IsUrgent |= isUrgent;
    }

    public void Miss(DateTimeOffset since) => MissedSince = MissedSince < since ? MissedSince : since;

    /// <summary>Takes out what is to be told now: at most so many, the urgent ones only or all.</summary>
    public (List<IncidentNews> News, DateTimeOffset? MissedSince) Take(int most, bool urgentOnly)
    {
        var taken = _waiting.Values.Where(one => one.IsUrgent || !urgentOnly).OrderByDescending(static one => one.IsUrgent)
            .Take(most).Select(static one => one.News).ToList();
        taken.ForEach(news => _waiting.Remove(news.Id));
        IsUrgent = _waiting.Values.Any(static one => one.IsUrgent);
        var missed = MissedSince;
        MissedSince = null;
        return (taken, missed);
    }

    /// <summary>Nobody heard what was taken, nor is there anybody for the rest: all of it is missed.</summary>
    public void GiveUp(IEnumerable<IncidentNews> taken, DateTimeOffset? missedSince)
    {
        foreach (var news in taken.Concat(_waiting.Values.Select(static one => one.News)))
        {
            Miss(news.UpdatedAt);
        }

        if (missedSince is { } since)
        {
            Miss(since);
        }

        _waiting.Clear();
        IsUrgent = false;
    }
}
