using System.Text.Json;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Pages;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Tests.Pages;

/// <summary>Whatever the silos can write has words of its own.</summary>
public sealed class IncidentWordsTests
{
    [Fact]
    public void Every_reason_and_every_end_has_words()
    {
        AllDiffer<AlertReason>(static reason => ReasonWords.Alert(Name(reason)));
        AllDiffer<Resolution>(static resolution => ReasonWords.Resolution(Name(resolution)));
        AllDiffer<SlackDelay>(ReasonWords.Of);
        AllDiffer<Incompleteness>(static why => TimelineWords.Incompleteness(Name(why)));
    }

    [Fact]
    public void Every_kind_of_entry_has_words() => AllDiffer<TimelineKind>(static kind => TimelineWords.Of(new()
    {
        Kind = Name(kind),
        Reason = kind switch
        {
            TimelineKind.Opened => "joined",
            TimelineKind.Resolved => "auto",
            TimelineKind.Incomplete or TimelineKind.Complete => "truncated",
            _ => null,
        },
        DetailJson = kind == TimelineKind.SeverityChanged ? """{"from":"warning","to":"critical"}""" : null,
    }));

    [Fact]
    public void Every_outcome_of_every_command_has_words()
    {
        foreach (var kind in Enum.GetValues<CommandKind>())
        {
            foreach (var outcome in Enum.GetValues<CommandOutcome>())
            {
                var doing = new Doing(kind, outcome);
                var words = DoingWords.Of(doing);
                Assert.NotEqual("", words);
                Assert.Equal(doing.IsDone, !words.StartsWith(IncidentWords.NotDone, StringComparison.Ordinal));
            }

            Assert.Equal(IncidentWords.Unconfirmed, DoingWords.Of(new(kind, null)));
        }
    }

    [Fact]
    public void What_people_wrote_is_shown_and_what_they_cleared()
    {
        TimelineRow amended = new() { Kind = "amended", DetailJson = """{"action_taken":"x\ny","root_cause":null,"is_noise":true,"said_by":"Ann"}""" };
        TimelineRow resolved = new() { Kind = "resolved", Reason = "person", DetailJson = """{"action_taken":"x","root_cause":null,"is_noise":null}""" };

        Assert.Equal([(IncidentWords.WasDone, "x\ny"), (IncidentWords.WhyItHappened, IncidentWords.Cleared), (IncidentWords.Noise, IncidentWords.Yes)], TimelineWords.Written(amended));
        Assert.Equal([(IncidentWords.WasDone, "x")], TimelineWords.Written(resolved));
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void AllDiffer<T>(Func<T, string> words)
        where T : struct, Enum
    {
        var all = Enum.GetValues<T>().Select(value => (value, Words: words(value))).ToList();
        Assert.All(all, one => Assert.False(one.Words.Length == 0 || one.Words.Contains(Name(one.value) + "_", StringComparison.Ordinal) || one.Words == Name(one.value), $"{one.value} has no words"));
        Assert.Equal(all.Count, all.Select(static one => one.Words).Distinct().Count());
    }
}
