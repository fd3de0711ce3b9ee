using Incidents.Grains.Interfaces;
using Incidents.WebFront.Spool;

namespace Incidents.WebFront.Tests.Spool;

public sealed class SpoolIndexTests
{
    private static readonly IncidentKey A = JournalFolder.Key("a");
    private static readonly IncidentKey B = JournalFolder.Key("b");

    private readonly SpoolIndex _index = new();

    [Fact]
    public void A_key_is_held_until_its_last_delivery_is_settled()
    {
        var (first, second) = (Add(A, B), Add(A));

        _index.Settle([new(first, null)], null);
        Assert.Equal((true, false), (_index.Holds(A), _index.Holds(B)));

        _index.Settle([new(second, null)], null);
        Assert.Equal((false, new SpoolFigures()), (_index.Holds(A), _index.Figures));
    }

    [Fact]
    public void What_is_stuck_holds_no_key()
    {
        var row = Add(A);

        _index.Settle([new(row, row.Entry, "a bug")], null);

        Assert.Equal((false, 1, 1), (_index.Holds(A), _index.Figures.Deliveries, _index.Figures.Stuck));
    }

    [Fact]
    public void A_key_whose_last_is_on_its_way_is_held_no_more()
    {
        Add(A);
        Add(A);

        _index.Leaves(A, 1); // another one came meanwhile
        Assert.True(_index.Holds(A));

        _index.Leaves(A, 2);
        Assert.False(_index.Holds(A));
    }

    [Fact]
    public void A_key_whose_last_did_not_get_there_is_held_again_and_so_is_one_to_which_something_came()
    {
        var row = Add(A);
        _index.Leaves(A, 1);
        _index.Stays(A);
        Assert.True(_index.Holds(A));

        _index.Leaves(A, 1);
        Add(A);
        Assert.True(_index.Holds(A));

        _index.Settle([new(row, null)], null);
        Assert.True(_index.Holds(A));
    }

    private JournalRow Add(params IncidentKey[] waiting)
    {
        var entry = new JournalEntry(JournalFolder.Arrival("grafana"), [1, 2, 3], waiting, []);
        _index.Add(entry, entry.Bytes);
        return new(1, entry);
    }
}
