using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Live;
using Incidents.Grains.Slack;

namespace Incidents.Grains.MySql;

/// <summary>Who hears of a commit. Each takes what it wants to know and goes on later: the lane does not wait.</summary>
internal sealed class CommitNews(CardNews cards, LiveNews live)
{
    public ChannelTable Channels => cards.Channels;

    /// <param name="counts">Rows per incident, as the commit read them back.</param>
    public void Committed(IReadOnlyList<KeyChange> changes, IReadOnlyDictionary<IncidentId, long> counts)
    {
        cards.Committed(changes);
        live.Committed(changes, counts);
    }
}
