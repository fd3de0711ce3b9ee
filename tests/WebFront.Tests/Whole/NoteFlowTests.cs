using System.Net;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>What people add to incidents, and how it is read again.</summary>
public sealed class NoteFlowTests(SharedSystem shared)
{
    private readonly string _cluster = Vary.NewName();

    [Fact]
    public async Task A_note_stands_in_the_timeline_with_who_said_it()
    {
        var (system, id) = (await shared.Get(), await Open());

        var (status, state) = await system.Command(id, "notes", """{"text":"롤백\tdone 🛠\u0000","by":"kim","revision":1}""");

        Assert.Equal((HttpStatusCode.OK, "active", "2"), (status, state.Text("status"), state.Text("revision")));
        var timeline = await system.Read($"/api/incidents/{id}/timeline");
        Assert.Equal(["opened", "noted"], timeline.Texts("events", "kind"));
        var note = timeline.GetProperty("events")[1];
        Assert.Equal(("local", "kim", "롤백\tdone 🛠", "2"),
            (note.Text("actor"), note.Text("said_by"), note.GetProperty("detail").Text("text"), note.Text("revision")));
    }

    [Fact]
    public async Task A_resolved_incident_is_noted_and_amended_even_when_a_later_one_is_open()
    {
        var (system, first) = (await shared.Get(), await Open());
        await system.Command(first, "resolve", """{"action_taken":"restarted","is_noise":true}""");
        var second = (await system.Accept(Incoming.Alert(_cluster, fingerprint: "00000000000000b2"))).IncidentId;
        Assert.NotEqual(first, second);

        var noted = await system.Command(first, "notes", """{"text":"seen before","revision":2}""");
        var amended = await system.Amend(first, """{"root_cause":"leak","is_noise":null,"revision":3,"by":"lee"}""");

        Assert.Equal((HttpStatusCode.OK, "resolved", "3"), (noted.Status, noted.Answer.Text("status"), noted.Answer.Text("revision")));
        Assert.Equal((HttpStatusCode.OK, "resolved", "4"), (amended.Status, amended.Answer.Text("status"), amended.Answer.Text("revision")));
        var found = await system.Read($"/api/incidents/{first}");
        Assert.Equal(("restarted", "leak", "", "4"),
            (found.Text("action_taken"), found.Text("root_cause"), found.Text("is_noise"), found.Text("revision")));
        Assert.Equal(["opened", "resolved", "noted", "amended"], (await system.Read($"/api/incidents/{first}/timeline")).Texts("events", "kind"));
        Assert.Equal("1", (await system.Read($"/api/incidents/{second}")).Text("revision"));
        Assert.Equal("already_resolved", (await system.Command(first, "acknowledge")).Answer.Text("outcome"));
    }

    [Fact]
    public async Task An_amendment_is_for_a_resolved_incident_and_the_revision_that_was_seen()
    {
        var (system, id) = (await shared.Get(), await Open());

        var early = await system.Amend(id, """{"root_cause":"leak"}""");
        await system.Command(id, "resolve");
        var stale = await system.Amend(id, """{"root_cause":"leak","revision":1}""");

        Assert.Equal((HttpStatusCode.Conflict, "not_resolved"), (early.Status, early.Answer.Text("outcome")));
        Assert.Equal((HttpStatusCode.Conflict, "stale_revision"), (stale.Status, stale.Answer.Text("outcome")));
        Assert.Equal("2", stale.Answer.GetProperty("incident").Text("revision"));
    }

    [Fact]
    public async Task What_is_amended_to_what_it_is_stays_without_an_entry()
    {
        var (system, id) = (await shared.Get(), await Open());
        await system.Command(id, "resolve", """{"root_cause":"leak"}""");

        var (status, state) = await system.Amend(id, """{"root_cause":"leak"}""");

        Assert.Equal((HttpStatusCode.OK, "2"), (status, state.Text("revision")));
    }

    [Fact]
    public async Task A_repeated_note_gets_its_first_answer_and_is_stored_once()
    {
        var (system, id, key) = (await shared.Get(), await Open(), Guid.NewGuid());
        var first = await system.Command(id, "notes", """{"text":"x"}""", key);
        await system.Command(id, "resolve");

        var again = await system.Command(id, "notes", """{"text":"x"}""", key);

        Assert.Equal((HttpStatusCode.OK, "active", "2"), (again.Status, again.Answer.Text("status"), again.Answer.Text("revision")));
        Assert.Equal(first.Answer.Text("revision"), again.Answer.Text("revision"));
        Assert.Equal(["opened", "noted", "resolved"], (await system.Read($"/api/incidents/{id}/timeline")).Texts("events", "kind"));
        Assert.Equal(HttpStatusCode.BadRequest, (await system.Amend(id, """{"is_noise":true}""", key)).Status);
    }

    [Fact]
    public async Task A_hundred_long_notes_at_once_are_all_there_and_read_page_by_page()
    {
        var (system, id) = (await shared.Get(), await Open());
        var text = new string('가', 4096);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => system.Command(id, "notes", $$"""{"text":"{{text}}"}""")));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(Enumerable.Range(2, 100), answers.Select(static answer => answer.Answer.GetProperty("revision").GetInt32()).Order());
        List<string?> seen = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await system.Read($"/api/incidents/{id}/timeline?limit=30" + (cursor.Length > 0 ? $"&cursor={cursor}" : ""));
            seen.AddRange(page.Texts("events", "seq"));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        Assert.Equal(Enumerable.Range(1, 101).Select(static seq => $"{seq}"), seen);
    }

    [Theory]
    [InlineData("alerts")]
    [InlineData("timeline")]
    public async Task Of_an_incident_that_never_was_nothing_is_read(string what) => Assert.Equal(
        HttpStatusCode.NotFound, (await (await shared.Get()).Get($"/api/incidents/INC-20260101000000-00000000000000ff/{what}")).Status);

    private async Task<string> Open() => (await (await shared.Get()).Accept(Incoming.Alert(_cluster))).IncidentId;
}
