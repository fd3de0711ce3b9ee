namespace Incidents.Benchmarks.Slack;

/// <summary>Those who acknowledge and resolve incidents while a storm goes on.</summary>
internal static class People
{
    private const int Each = 50;
    private static readonly TimeSpan From = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1.2);

    /// <returns>How many of each were carried out.</returns>
    public static async Task<(int Acknowledged, int Resolved)> Act(ToldService service, string cluster, CancellationToken cancel)
    {
        var (acknowledged, resolved) = (0, 0);
        await Task.Delay(From, TimeProvider.System, cancel);
        for (var time = 0; time < Each; time++)
        {
            acknowledged += await One("status = 'active'", "acknowledge");
            resolved += await One("status <> 'resolved'", "resolve");
            await Task.Delay(Every, TimeProvider.System, cancel);
        }

        return (acknowledged, resolved);

        async Task<int> One(string which, string command) =>
            await service.Rows($"SELECT incident_id FROM incidents WHERE cluster = ? AND {which} ORDER BY RAND() LIMIT 1", cluster, cancel) is [[string incident]]
                && await service.Command(incident, command, cancel) ? 1 : 0;
    }
}
