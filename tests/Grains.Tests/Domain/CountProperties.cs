using FsCheck.Xunit;
using Incidents.Grains.MySql;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.Domain;

[Properties(Arbitrary = new[] { typeof(Runs) }, MaxTest = 400, EndSize = 40)]
public sealed class CountProperties
{
    [Property]
    public void The_changes_of_the_counts_add_up_to_the_incidents(Run run)
    {
        var counts = new Dictionary<(string, string, bool), long>();
        var playback = Playback.Of(run, (_, change) =>
        {
            foreach (var row in BoundRows.Of(CountRows.Insert, change))
            {
                var kind = (row.Text("status"), row.Text("severity"), (bool)row["is_test"]!);
                counts[kind] = counts.GetValueOrDefault(kind) + row.Number("change_by");
            }
        });

        Assert.Equal(
            playback.Tables.Incidents.Values.CountBy(static row => (row.Text("status"), row.Text("severity"), (bool)row["is_test"]!))
                .Select(static kind => (kind.Key, (long)kind.Value)).Order(),
            counts.Where(static kind => kind.Value != 0).Select(static kind => (kind.Key, kind.Value)).Order());
    }
}
