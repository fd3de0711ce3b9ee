using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>Which senders are silent, and what is to be told about it.</summary>
internal static class SilenceRules
{
    /// <summary>Nobody looked for so long: then it was we who were away, and silence counts from now on.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(10);

    /// <summary>A lasting silence is told again, so that its incident does not go stale.</summary>
    public static readonly TimeSpan TellAgainAfter = TimeSpan.FromHours(1);

    /// <summary>The state with every silence in it that is to be told of. It is kept before anything is told: what was
    /// told of is never forgotten.</summary>
    public static SenderWatchState Look(
        SenderWatchState state, IReadOnlyCollection<SenderSeen> senders, DateTimeOffset now, SilenceOptions options)
    {
        var watchedSince = now - state.LastLook <= LongestGap ? state.WatchedSince ?? now : now;
        var fallen = senders
            .Where(seen => !state.Silences.ContainsKey(seen.Sender))
            .Where(seen => IsSilent(seen.Sender, Later(seen.LastDeliveryAt, watchedSince), now, options))
            .Select(seen => KeyValuePair.Create(seen.Sender, new Silence(
                seen.LastDeliveryAt, now, null, 0, default, state.Rounds.GetValueOrDefault(seen.Sender))));
        return state with { WatchedSince = watchedSince, LastLook = now, Silences = state.Silences.AddRange(fallen) };
    }

    /// <param name="open">Those of the silences' incidents that are open.</param>
    public static ImmutableArray<SilenceNews> Decide(
        SenderWatchState state,
        IReadOnlyCollection<SenderSeen> senders,
        IReadOnlySet<IncidentId> open,
        DateTimeOffset now,
        SilenceOptions options)
    {
        var heard = senders.ToDictionary(static seen => seen.Sender, static seen => seen.LastDeliveryAt, StringComparer.Ordinal);
        return
        [
            .. from one in state.Silences
               orderby one.Key
               let reason = Reason(one.Key, one.Value)
               where reason is not null
               select new SilenceNews(one.Key, one.Value, reason.Value, now),
        ];

        SilenceReason? Reason(string sender, Silence silence) => silence.Incident switch
        {
            // Perhaps told of, perhaps not: first it must be known, also when the sender speaks by now.
            null => SilenceReason.FellSilent,
            _ when !heard.TryGetValue(sender, out _) => SilenceReason.Forgotten,
            _ when heard[sender] > silence.Since => SilenceReason.SpokeAgain,
            _ when !IsSilent(sender, silence.Since, now, options) => SilenceReason.Unwatched,

            // An incident that somebody resolved stays so for this silence.
            { } incident when now - silence.ToldAt >= TellAgainAfter && open.Contains(incident) => SilenceReason.StillSilent,
            _ => null,
        };
    }

    /// <param name="incident">Where the alert about it was stored.</param>
    public static SenderWatchState Told(SenderWatchState state, SilenceNews news, IncidentId incident) => state with
    {
        Silences = news.IsEnd
            ? state.Silences.Remove(news.Sender)
            : state.Silences.SetItem(
                news.Sender, news.Silence with { Incident = incident, Told = news.Silence.Told + 1, ToldAt = news.At }),
        Rounds = news.Reason == SilenceReason.Unwatched
            ? state.Rounds.SetItem(news.Sender, news.Silence.Round + 1)
            : news.IsEnd ? state.Rounds.Remove(news.Sender) : state.Rounds,
    };

    private static bool IsSilent(string sender, DateTimeOffset from, DateTimeOffset now, SilenceOptions options) =>
        options.AfterOf(sender) is var after && after > TimeSpan.Zero && now - from >= after;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
