using FsCheck;
using FsCheck.Fluent;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Tests.Domain;

/// <summary>Random <see cref="Run"/>s. Few series, few times and few groups, so that they meet.</summary>
public static class Runs
{
    private static readonly int?[] Minutes = [null, -2_880, -10, 0, 0, 5, 10, 90, 400_000_000];

    private static readonly string[] Severities =
        ["critical", "error", "warning", "unknown", "info", "WARNING", "catastrophic", ""];

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(6),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(3), TimeSpan.FromHours(10),
        TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(-7), TimeSpan.FromHours(-2),
    ];

    private static readonly Gen<Rules> AnyRules =
        from auto in Often(true, false)
        from most in Gen.Elements(2_000, 2_000, 1, 2, 3)
        from hold in Often(30, 0)
        from stale in Gen.Elements(9 * 60, 9 * 60, 60, 0)
        select new Rules(auto, most, hold, stale);

    private static readonly Gen<Sent> AnySent =
        from fingerprint in Gen.Elements("a", "b", "c", "d")
        from state in Gen.Elements(AlertState.Firing, AlertState.Firing, AlertState.Resolved)
        from starts in Gen.Elements(Minutes)
        from ends in Gen.Elements(Minutes)
        from severity in Gen.Elements(Severities)
        select new Sent(fingerprint, state, starts, ends, severity);

    private static readonly Gen<Happening> AnyDelivery =
        from count in Gen.Elements(1, 1, 1, 2, 3, 5)
        from alerts in AnySent.ArrayOf(count)
        from fewGroups in Often(true, false)
        from grp in Gen.Choose(0, fewGroups ? 1 : 19)
        from truncated in Often(false, true)
        from test in Gen.Frequency((11, Gen.Constant(false)), (1, Gen.Constant(true)))
        from lag in Gen.Elements(0, 0, 0, 1, 40, 600, -3)
        select (Happening)new Happening.Deliver([.. alerts], grp, truncated, test, lag);

    private static readonly Gen<Happening> AnyOrder =
        from kind in Gen.Elements(Enum.GetValues<CommandKind>())
        from seen in Gen.Elements(Enum.GetValues<SeenRevision>())
        from old in Often(false, true)
        select (Happening)new Happening.Order(kind, seen, old);

    private static readonly Gen<Happening> AnyHappening = Gen.Frequency(
        (10, AnyDelivery),
        (3, from back in Gen.Choose(1, 6) from turned in Often(false, true) select (Happening)new Happening.DeliverAgain(back, turned)),
        (3, AnyOrder),
        (1, Gen.Constant<Happening>(new Happening.Review())),
        (4, from wait in Gen.Elements(Waits) select (Happening)new Happening.Wait(wait)));

    public static Arbitrary<Run> Arbitrary() => Arb.From(
        from rules in AnyRules
        from portions in Gen.Elements(false, true)
        from stream in AnyHappening.ArrayOf()
        select new Run(rules, portions, [.. stream]),
        Smaller);

    private static IEnumerable<Run> Smaller(Run run)
    {
        for (var length = run.Stream.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= run.Stream.Length; at += length)
            {
                yield return run with { Stream = run.Stream.RemoveRange(at, length) };
            }
        }

        if (run.Rules != Rules.Default)
        {
            yield return run with { Rules = Rules.Default };
        }

        if (run.InPortions)
        {
            yield return run with { InPortions = false };
        }

        foreach (var (at, happening) in run.Stream.Index())
        {
            foreach (var simpler in Simpler(happening))
            {
                yield return run with { Stream = run.Stream.SetItem(at, simpler) };
            }
        }
    }

    private static IEnumerable<Happening> Simpler(Happening happening)
    {
        if (happening is not Happening.Deliver deliver)
        {
            yield break;
        }

        for (var at = 0; deliver.Alerts.Length > 1 && at < deliver.Alerts.Length; at++)
        {
            yield return deliver with { Alerts = deliver.Alerts.RemoveAt(at) };
        }

        foreach (var plainer in new[]
        {
            deliver with { Truncated = false }, deliver with { IsTest = false },
            deliver with { LagSeconds = 0 }, deliver with { Group = 0 },
        })
        {
            if (plainer != deliver)
            {
                yield return plainer;
            }
        }
    }

    private static Gen<T> Often<T>(T usual, T rare) =>
        Gen.Frequency((4, Gen.Constant(usual)), (1, Gen.Constant(rare)));
}
