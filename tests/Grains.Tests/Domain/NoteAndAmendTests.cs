using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.Domain;

/// <summary>What people add to an incident, open or long resolved.</summary>
public sealed class NoteAndAmendTests
{
    private static readonly EpisodeOptions Options = new();
    private static readonly DateTimeOffset Now = Alerts.Noon + TimeSpan.FromHours(2);

    private readonly Scene _scene = new();

    [Fact]
    public void A_note_is_an_entry_and_a_revision_and_changes_nothing_else()
    {
        _scene.Fire();
        var before = _scene.Last;

        var (outcome, change) = Command(_scene.State, Note(before));

        Assert.Equal(CommandOutcome.Done, outcome);
        Assert.Equal(before with { Revision = before.Revision + 1, EventSeq = before.EventSeq + 1, UpdatedAt = Now }, change.Updated);
        Assert.Equal(
            (TimelineKind.Noted, "ci", """{"text":"rolled back","status":"active","said_by":"mina"}"""),
            change.Timeline.Single() is var entry ? (entry.Kind, entry.Actor, entry.Detail) : default);
    }

    [Fact]
    public void A_resolved_incident_takes_notes()
    {
        _scene.Fire();
        _scene.Command(CommandKind.Resolve);

        Assert.Equal(CommandOutcome.Done, Command(_scene.State, Note(_scene.Last)).Outcome);
    }

    [Fact]
    public void An_amendment_changes_what_it_names_and_clears_what_it_names_with_null()
    {
        _scene.Fire();
        _scene.Command(CommandKind.Resolve); // with "restarted"

        var (outcome, change) = Command(_scene.State, Amend(_scene.Last, Findings.ActionTaken | Findings.IsNoise) with { IsNoise = true });

        Assert.Equal(CommandOutcome.Done, outcome);
        Assert.Equal((null, null, true), (change.Updated!.Closed!.ActionTaken, change.Updated.Closed.RootCause, change.Updated.Closed.IsNoise));
        Assert.Equal("""{"action_taken":null,"is_noise":true,"said_by":"mina"}""", change.Timeline.Single().Detail);
        Assert.Equal("mina", change.Updated.Closed.By); // who resolved, not who amends
    }

    [Fact]
    public void An_amendment_that_changes_nothing_is_so_already()
    {
        _scene.Fire();
        _scene.Command(CommandKind.Resolve);

        var (outcome, change) = Command(_scene.State, Amend(_scene.Last, Findings.ActionTaken) with { ActionTaken = "restarted" });

        Assert.Equal(CommandOutcome.AlreadySo, outcome);
        Assert.True(change.IsEmpty);
    }

    [Fact]
    public void An_open_incident_takes_no_amendments()
    {
        _scene.Fire();

        Assert.Equal(CommandOutcome.NotResolved, Command(_scene.State, Amend(_scene.Last, Findings.RootCause)).Outcome);
    }

    [Fact]
    public void Who_saw_an_older_revision_neither_notes_nor_amends()
    {
        _scene.Fire();
        _scene.Command(CommandKind.Resolve);

        Assert.Equal(CommandOutcome.StaleRevision, Command(_scene.State, Note(_scene.Last) with { Revision = 1 }).Outcome);
        Assert.Equal(CommandOutcome.StaleRevision, Command(_scene.State, Amend(_scene.Last, Findings.RootCause) with { Revision = 1 }).Outcome);
    }

    [Fact]
    public void An_earlier_incident_is_amended_without_touching_the_latest()
    {
        _scene.Fire();
        _scene.Command(CommandKind.Resolve);
        var earlier = _scene.Last;
        _scene.Now += TimeSpan.FromHours(1);
        _scene.Fire(startsAt: _scene.Now);

        var (outcome, change) = Command(
            _scene.State, Amend(earlier, Findings.RootCause) with { RootCause = "leak" }, earlier);

        Assert.Equal((CommandOutcome.Done, "leak"), (outcome, change.Amended.Single().Closed!.RootCause));
        Assert.Null(change.Updated);
        Assert.Equal([earlier.Id], change.Touched);
        Assert.Equal(_scene.State, change.After);
        Assert.Equal(CommandOutcome.AlreadyResolved, Command(_scene.State, Note(earlier) with { Kind = CommandKind.Acknowledge }, earlier).Outcome);
    }

    private static (CommandOutcome Outcome, KeyChange Change) Command(KeyState state, IncidentCommand command, params Episode[] earlier)
    {
        var draft = new KeyDraft(state, Now, Options, earlier.ToDictionary(static episode => episode.Id));
        return (draft.Command(command), draft.Finish());
    }

    private static IncidentCommand Note(Episode of) => new()
    {
        CommandId = Guid.CreateVersion7(Now),
        Kind = CommandKind.Note,
        IncidentId = of.Id,
        Actor = "ci",
        SaidBy = "mina",
        Note = "rolled back",
        Deadline = Now,
    };

    private static IncidentCommand Amend(Episode of, Findings which) =>
        Note(of) with { Kind = CommandKind.Amend, Note = null, Amends = which };
}
