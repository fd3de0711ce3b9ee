using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;
using MySqlConnector;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>One scenario under way: a service, what is sent to it meanwhile, and how long it took to recover.</summary>
internal sealed class Storm(Stage stage, ITestOutputHelper output) : IAsyncDisposable
{
    private const int NormalAnswers = 100;
    private static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FlowDeadline = TimeSpan.FromSeconds(60);

    private readonly List<SenderFlow> _flows = [];

    public Stage Stage => stage;

    /// <summary>The longest of several.</summary>
    public TimeSpan? Recovery { get; private set; }

    public IEnumerable<Heard> Requests => _flows.SelectMany(static flow => flow.Ledger.Requests);

    /// <summary>The last second brought no answer that is as it is when all is well.</summary>
    public bool IsStuck
    {
        get
        {
            var second = Stopwatch.GetTimestamp() - Stopwatch.Frequency;
            return !Requests.Any(one => one.At > second && one.IsNormal);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SenderFlow Send(FlowPlan plan)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        _flows.Add(new(stage.WebFronts.Select(static web => web.Url), plan, seed));
        return _flows[^1];
    }

    /// <summary>So many more requests of each flow are answered.</summary>
    public Task Goes(int answers) =>
        Task.WhenAll(_flows.Select(flow => flow.Reached(flow.Ledger.Answered + answers, FlowDeadline, Cancel)));

    /// <summary>While nothing is done about the fault: so long.</summary>
    public static Task Lasts(TimeSpan fault, long since) => Eventually.Holds(
        $"{fault.TotalSeconds:0} s have passed", () => Task.FromResult(Stopwatch.GetElapsedTime(since) > fault), fault * 2, Cancel);

    /// <summary>
    /// Waits until all is as it was, without help: every host ready and every spool empty, as many silos in the cluster as
    /// before, and answers as they are when all is well. Recovery is the time from the end of the fault until the last
    /// answer that was not so (not 200, or later than a second), or until the spools were empty if that came later.
    /// </summary>
    /// <param name="since">When the fault ended, or the process was killed (<see cref="Stopwatch.GetTimestamp"/>).</param>
    /// <param name="supervised">Silos that ended by themselves are followed by others.</param>
    public async Task Recovers(long since, bool supervised = false)
    {
        var (badUntil, spoolUntil, state) = (since, since, "");
        await Eventually.Holds(
            "the service has recovered by itself",
            async () =>
            {
                if (supervised)
                {
                    stage.FollowEnded();
                }

                spoolUntil = await stage.Spooled(Cancel) > 0 ? Stopwatch.GetTimestamp() : spoolUntil;
                state = await Ailment();
                badUntil = state.Length > 0 ? Stopwatch.GetTimestamp() : badUntil;
                return state.Length == 0 && _flows.TrueForAll(flow => IsNormal(flow, badUntil));
            },
            RecoversWithin,
            Cancel,
            () => $"Now: {(state.Length > 0 ? state : "answers are not normal")}. {Summary()}");
        var answersUntil = Requests.Where(one => one.At > since && !one.IsNormal).Select(static one => one.At).Append(since).Max();
        var took = Stopwatch.GetElapsedTime(since, Math.Max(answersUntil, spoolUntil));
        Recovery = Recovery > took ? Recovery : took;
        output.WriteLine($"answers as before after {Stopwatch.GetElapsedTime(since, answersUntil).TotalSeconds:0.0} s, spools empty after "
            + $"{Stopwatch.GetElapsedTime(since, spoolUntil).TotalSeconds:0.0} s, all well after {Stopwatch.GetElapsedTime(since, badUntil).TotalSeconds:0.0} s; {Summary()}");
    }

    /// <summary>Nothing was refused, and the tables hold exactly what was accepted.</summary>
    public async Task IsAccountedFor()
    {
        foreach (var flow in _flows)
        {
            await flow.End();
        }

        await Eventually.Holds("every spool is empty", async () => await Ailment() == "", RecoversWithin, Cancel, Summary);
        output.WriteLine(Summary());
        var refusals = _flows.SelectMany(static flow => flow.Ledger.Refusals).ToList();
        Assert.True(refusals.Count == 0, $"{refusals.Count} refused: {string.Join("; ", refusals.Take(3))}");
        foreach (var flow in _flows)
        {
            await flow.IsStored(stage.Cluster.Database);
        }

        await Audit.IsSound(stage.Cluster.Database);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var flow in _flows)
        {
            await flow.DisposeAsync();
        }
    }

    private static bool IsNormal(SenderFlow flow, long since)
    {
        var after = flow.Ledger.Requests.Where(one => one.At > since).ToList();
        return after.Count >= NormalAnswers && after.TakeLast(NormalAnswers).All(static one => one.IsNormal);
    }

    /// <summary>Empty when there is none.</summary>
    private async Task<string> Ailment()
    {
        try
        {
            foreach (var process in stage.Processes)
            {
                if (!await process.IsWell(Cancel))
                {
                    return $"{Path.GetFileNameWithoutExtension(process.Log)} is not well";
                }
            }

            var active = await stage.Cluster.ActiveSilos();
            return active == stage.Silos.Count ? "" : $"{active} silos are active, not {stage.Silos.Count}";
        }
        catch (MySqlException e)
        {
            return e.Message;
        }
    }

    private string Summary()
    {
        var heard = Requests.ToList();
        return $"requests, refused, spooled, unanswered, p50, p99, slowest, recovery (ms): {ScenarioFigures.Line(heard, Recovery, " ")}";
    }
}
