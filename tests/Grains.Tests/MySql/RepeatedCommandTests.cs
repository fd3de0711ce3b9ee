using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>A command id names one command: again by the same caller with the same content it gets the first answer, and
/// whatever else comes under it is refused and not taken for done.</summary>
public sealed class RepeatedCommandTests : IAsyncLifetime
{
    private const string Text = "\"quoted\" \\ ünïcode 한국어 😀 </script>\nsecond line";

    private TestDatabase _database = null!;
    private Rival _owner = null!;
    private IncidentId _incident;

    public static TheoryData<string> Kinds => [.. Enum.GetNames<CommandKind>()];

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        _owner = await Rival.Started(_database.ConnectionString);
        var now = TimeProvider.System.GetUtcNow();
        _incident = (await _owner.Observe(Alerts.Batch(now, Alerts.Firing("a", now)))).Alerts[0].IncidentId!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_same_again_gets_the_first_answer_and_another_is_refused(string kind)
    {
        var command = await Possible(Enum.Parse<CommandKind>(kind));
        var first = await _owner.Command(command);

        var again = await _owner.Command(command with { Revision = 1 });
        var others = new List<CommandResult>();
        foreach (var other in Others(command))
        {
            others.Add(await _owner.Command(other));
        }

        Assert.Equal((CommandOutcome.Done, CommandOutcome.Repeated), (first.Outcome, again.Outcome));
        Assert.Equal((first.Current!.Status, first.Current.Revision), (again.Current!.Status, again.Current.Revision));
        Assert.All(others, static one => Assert.Equal((CommandOutcome.CommandIdUsed, null), (one.Outcome, one.Current)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task So_it_is_of_two_that_come_at_once(string kind)
    {
        var command = await Possible(Enum.Parse<CommandKind>(kind));
        var later = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(4); // a lost call, made again with less time left

        var all = await Task.WhenAll([_owner.Command(Called(later.AddSeconds(-4))), _owner.Command(Called(later)), .. Others(command).Select(_owner.Command)]);

        Assert.Equal([CommandOutcome.Done, CommandOutcome.Repeated], all.Take(2).Select(static one => one.Outcome));
        Assert.All(all.Skip(2), static one => Assert.Equal(CommandOutcome.CommandIdUsed, one.Outcome));

        IncidentCommand Called(DateTimeOffset at) => command.SentAt(at).By(at);
    }

    private static IEnumerable<IncidentCommand> Others(IncidentCommand command)
    {
        yield return command with { Actor = "somebody-else" };
        yield return command with { SaidBy = "somebody else" };
        yield return command with { SaidBy = null };
        switch (command.Kind)
        {
            case CommandKind.Note:
                yield return command with { Note = Text + "!" };
                break;
            case CommandKind.Resolve or CommandKind.Amend:
                yield return command with { ActionTaken = Text + "!" };
                yield return command with { RootCause = "known" };
                yield return command with { IsNoise = false };
                break;
            case CommandKind.Acknowledge or CommandKind.Unacknowledge:
                break;
        }

        if (command.Kind == CommandKind.Amend)
        {
            yield return command with { Amends = Findings.ActionTaken | Findings.IsNoise };
        }
    }

    /// <summary>With what must be before it.</summary>
    private async Task<IncidentCommand> Possible(CommandKind kind)
    {
        if (kind == CommandKind.Unacknowledge)
        {
            await _owner.Command(New(CommandKind.Acknowledge));
        }
        else if (kind == CommandKind.Amend)
        {
            await _owner.Command(New(CommandKind.Resolve) with { RootCause = "to be cleared" });
        }

        var command = New(kind) with { SaidBy = "Kim \"K.\" Löwe" };
        return kind switch
        {
            CommandKind.Note => command with { Note = Text },
            CommandKind.Resolve => command with { ActionTaken = Text, IsNoise = true },
            CommandKind.Amend => command with
            {
                Amends = Findings.ActionTaken | Findings.RootCause | Findings.IsNoise,
                ActionTaken = Text,
                IsNoise = true,
            },
            CommandKind.Acknowledge or CommandKind.Unacknowledge => command,
        };
    }

    private IncidentCommand New(CommandKind kind)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            CommandId = Guid.CreateVersion7(now),
            Kind = kind,
            IncidentId = _incident,
            Actor = "mina",
            Deadline = now + TimeSpan.FromSeconds(25),
        };
    }
}
