using System.Reflection;
using System.Runtime.InteropServices;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Api;
using Incidents.WebFront.Health;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Slack;
using Incidents.WebFront.Spool;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.WebFront.Pages;

/// <summary>Asks every part of the service how it is, all at once; who is slow is left out.</summary>
internal sealed class SystemReader(
    Readiness readiness, SlackStanding slack, SystemQueries queries, SenderQueries senders, RejectedQueries rejected,
    DeliverySpool spool, IOptions<SpoolOptions> options, IGrainFactory grains, TimeProvider clock)
{
    public const int MostRejected = 20;
    private const int MostGrains = 30;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    public async Task<SystemView> Read(bool hasDashboard, CancellationToken cancel)
    {
        var pulse = Ask(_ => readiness.Check(), cancel);
        var silos = Ask(Silos, cancel);
        var live = Ask(Live, cancel);
        var writers = Ask(async _ => new List<WriterView>(await grains.Reach<IWritersGrain>(0).GetState()), cancel);
        var told = Ask(Told, cancel);
        var heard = Ask(senders.List, cancel);
        var watch = Ask(async _ => await grains.Reach<ISenderWatchGrain>(ISenderWatchGrain.Key).GetState(), cancel);
        var refused = Ask(async stop => (await rejected.List(null, MostRejected, stop)).Rows, cancel);
        var schema = Ask(queries.Schema, cancel);
        var figures = spool.Figures;
        var health = await pulse is { } felt ? HealthState.Of(felt.Problem, figures, spool.HasRoom, (await told)?.Workspace.TokenError is not null) : null;
        return new()
        {
            Version = typeof(SystemReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            Runtime = RuntimeInformation.FrameworkDescription,
            Status = health is null ? null : Words(health.Status),
            Problem = health?.Problem,
            Spool = new(options.Value.Enabled, spool.HasRoom, figures.IsBroken, figures.Deliveries, figures.Bytes, figures.Stuck, figures.SetAside, figures.OldestAt?.UtcDateTime),
            Silos = await silos,
            Grains = await live,
            Writers = await writers,
            Slack = (await told)?.Workspace,
            Channels = (await told)?.Channels ?? [],
            Senders = await heard is { } peers ? Look(peers, await watch) : null,
            Rejected = await refused,
            Schema = await schema,
            HasDashboard = hasDashboard,
        };
    }

    private async Task<List<(string Silo, string Status)>> Silos(CancellationToken cancel) =>
        [.. (await grains.Reach<IManagementGrain>(0).GetHosts(false, cancel)).OrderBy(static host => host.Value)
            .Select(static host => ($"{host.Key.Endpoint}", $"{host.Value}")).Take(MostGrains)];

    private async Task<List<(string Type, long Count)>> Live(CancellationToken cancel) =>
        [.. (await grains.Reach<IManagementGrain>(0).GetSimpleGrainStatistics(cancel)).GroupBy(static grain => grain.GrainType.Split(',')[0].Split('.')[^1])
            .Select(static type => (type.Key, type.Sum(static grain => (long)grain.ActivationCount)))
            .OrderByDescending(static type => type.Item2).Take(MostGrains)];

    private async Task<SlackLook> Told(CancellationToken cancel) =>
        await slack.Workspace() is { } workspace ? new(workspace, await slack.Channels(workspace)) : throw new TimeoutException();

    private IReadOnlyList<SenderLook> Look(IReadOnlyList<PeerRow> peers, SenderWatchState? watch) =>
        [.. SenderList.Of(peers, watch, clock.GetUtcNow()).Senders.Select(static one => new SenderLook(
            one.Sender, string.Join(", ", one.Peers.Select(static peer => $"{peer.Kind} {peer.Version}".Trim()).Distinct().Take(3)),
            one.LastDeliveryAt, one.Deliveries, one.RejectedAlerts, one.TruncatedDeliveries, one.DuplicateDeliveries,
            one.Silent == true, one.SilentIncidentId))];

    private async Task<T?> Ask<T>(Func<CancellationToken, Task<T>> part, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await part(cancel).WaitAsync(AnswerWithin, clock, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && (RepeatedCall.IsPassing(e) || e is MySqlException or IOException))
        {
            return null;
        }
    }

    private static string Words(HealthStatus status) => status switch
    {
        HealthStatus.Live => SystemWords.Live,
        HealthStatus.Ready => SystemWords.Ready,
        HealthStatus.Degraded => SystemWords.Degraded,
        HealthStatus.NotReady => SystemWords.NotReady,
    };

    private sealed record SlackLook(SlackWorkspaceView Workspace, IReadOnlyList<SlackChannelView> Channels);
}
