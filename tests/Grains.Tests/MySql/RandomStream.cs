using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Incidents.Grains.Tests.MySql;

/// <summary>Anything that may happen to one key, by a seed: alerts in any order, tests, truncated groups, commands, time.</summary>
internal sealed class RandomStream(int seed, FakeTimeProvider clock)
{
    private static readonly string[] Severities = ["critical", "error", "warning", "info", "Unheard-of", ""];

    private readonly Random _random = new(seed);
    private readonly List<IncidentId> _named = [];

    private DateTimeOffset Now => clock.GetUtcNow().ToMicroseconds();

    /// <summary>One to three things at once, some time after the last.</summary>
    public Task Step(Rival owner)
    {
        clock.Advance(TimeSpan.FromMicroseconds(_random.Next(4) switch
        {
            0 => _random.Next(1, 1_000),
            1 => _random.Next(1, 3_000_000),
            2 => _random.NextInt64(1, 3_600_000_000),
            _ => _random.NextInt64(1, 40_000_000_000),
        }));
        return Task.WhenAll(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => One(owner)));
    }

    private Task One(Rival owner)
    {
        var key = IncidentKey.Of(Alerts.Parts);
        if (owner.StateOf(key)?.Last?.Id is { } latest && _named.LastOrDefault() != latest)
        {
            _named.Add(latest);
        }
        return _random.Next(10) switch
        {
            0 => owner.Review(key),
            1 or 2 when _named.Count > 0 => owner.Command(Command(
                _random.Next(3) == 0 ? _named[_random.Next(_named.Count)] : _named[^1])),
            _ => owner.Observe(Batch()),
        };
    }

    private AlertBatch Batch() =>
        Alerts.Batch(Now, [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Alert())]) with
        {
            Group = $"{_random.Next(18):x16}",
            Truncated = _random.Next(6) == 0,
            IsTest = _random.Next(12) == 0,
        };

    private Alert Alert()
    {
        var fingerprint = $"series-{_random.Next(8)}";
        DateTimeOffset? starts = _random.Next(5) == 0 ? null : Before(Now);
        return _random.Next(5) < 2
            ? Alerts.Resolved(fingerprint, starts, _random.Next(5) == 0 ? null : Before(Now.AddHours(1)))
            : Alerts.Firing(fingerprint, starts, Severities[_random.Next(Severities.Length)]) with { Summary = "µ 😀 '\\\"" };
    }

    private IncidentCommand Command(IncidentId incident) => new()
    {
        CommandId = Guid.CreateVersion7(Now),
        Kind = (CommandKind)_random.Next(1, 6),
        IncidentId = incident,
        Actor = "min-jun 민준",
        SaidBy = _random.Next(2) == 0 ? null : "지우 '\"\\",
        Note = "see \t the \"graph\" 😀",
        Amends = (Findings)_random.Next(1, 8),
        Deadline = Now + TimeSpan.FromSeconds(25),
        ActionTaken = _random.Next(2) == 0 ? null : "restarted; 'x' \\ \"y\"",
        RootCause = _random.Next(2) == 0 ? null : "",
        IsNoise = _random.Next(3) switch { 0 => null, 1 => true, _ => false },
    };

    private DateTimeOffset Before(DateTimeOffset time) =>
        time - TimeSpan.FromMicroseconds(_random.NextInt64(_random.Next(2) == 0 ? 1_000_000 : 200_000_000_000));
}
