namespace Incidents.TestKit.Load;

/// <summary>What comes when: every arrival follows from the plan and its number, so none is kept.</summary>
public sealed class Arrivals(StormPlan plan)
{
    /// <summary>A repeat tells of one of so many deliveries before it.</summary>
    private const int RepeatsOfLast = 10_000;

    private readonly Zipf _keys = new(plan.Mix.Keys, plan.Mix.Skew);
    private readonly long _lag = Math.Max(1, (long)Math.Round(plan.Mix.DuplicateAfter.TotalSeconds * plan.Rate));

    private enum Purpose
    {
        Duplicate,
        Repeat,
        Content,
    }

    public StormPlan Plan => plan;

    /// <summary>Whose body an arrival has: its own, or an earlier one's that the second server sends too.</summary>
    public (long Body, bool IsDuplicate) BodyOf(long arrival)
    {
        var isDuplicate = arrival >= _lag && WantsDuplicate(arrival) && !WantsDuplicate(arrival - _lag);
        return (isDuplicate ? arrival - _lag : arrival, isDuplicate);
    }

    /// <summary>The body as it is sent.</summary>
    public GrafanaBody Write(long body)
    {
        var told = body;
        while (Repeated(told) is { } earlier)
        {
            told = earlier;
        }

        var dice = new Dice(plan.Seed, told, (long)Purpose.Content);
        var at = plan.Due(told);
        var alerts = new SentAlert[Size(ref dice)];
        var first = _keys.Draw(dice.Next());
        for (var i = 0; i < alerts.Length; i++)
        {
            alerts[i] = Alert(ref dice, (first + dice.Below(Math.Min(5, alerts.Length))) % plan.Mix.Keys, alerts.Length, at);
        }

        return GrafanaBody.Write(plan, body, alerts);
    }

    private bool WantsDuplicate(long arrival) =>
        new Dice(plan.Seed, arrival, (long)Purpose.Duplicate).Next() < plan.Mix.Duplicates;

    private long? Repeated(long body)
    {
        var dice = new Dice(plan.Seed, body, (long)Purpose.Repeat);
        return body > 0 && dice.Next() < plan.Mix.Repeats
            ? body - 1 - dice.Below((int)Math.Min(body, RepeatsOfLast))
            : null;
    }

    private int Size(ref Dice dice)
    {
        var left = dice.Next() * plan.Mix.Groups.Sum(static group => group.Share);
        foreach (var group in plan.Mix.Groups)
        {
            if ((left -= group.Share) < 0)
            {
                return group.Alerts;
            }
        }

        return plan.Mix.Groups[^1].Alerts;
    }

    /// <summary>A series keeps its startsAt for an episode: what comes in between is a repeat of it, or its end.</summary>
    private SentAlert Alert(ref Dice dice, int key, int together, TimeSpan at)
    {
        var series = dice.Below(Math.Max(plan.Mix.SeriesPerKey, together / 5));
        var began = TimeSpan.FromTicks(at.Ticks - (at.Ticks % plan.Mix.Episode.Ticks) + (((key * 31) + series) % 997));
        var resolved = dice.Next() < plan.Mix.Resolved;
        var any = dice.Below(4);
        return new(
            key,
            series,
            plan.Begun + began,
            resolved ? plan.Begun + (at > began ? at : began) : null,
            plan.Mix.Critical is { } share ? (key + 0.5) / plan.Mix.Keys < share ? 0 : 1 : any,
            dice.Next() < plan.Mix.Unicode,
            dice.Below(10_000));
    }
}

/// <summary>One alert before it is written.</summary>
/// <param name="EndsAt">Null: it fires.</param>
internal readonly record struct SentAlert(
    int Key, int Series, DateTimeOffset StartsAt, DateTimeOffset? EndsAt, int Severity, bool IsUnicode, int Value);
