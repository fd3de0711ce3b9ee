using System.Net;

namespace Incidents.WebFront.Tests.Whole;

public sealed class CommandFlowTests(SharedSystem shared)
{
    [Fact]
    public async Task A_person_acknowledges_and_resolves_and_the_incident_tells_so()
    {
        var (system, id) = (await shared.Get(), await Open());

        var acknowledged = await system.Command(id, "acknowledge", """{"by":"kim","revision":1}""");
        var resolved = await system.Command(
            id, "resolve", """{"by":"lee","revision":2,"action_taken":"노드 재시작 🛠","root_cause":"leak","is_noise":false}""");
        var (_, found) = await system.Get($"/api/incidents/{id}");

        Assert.Equal((HttpStatusCode.OK, "acknowledged", "2", "local", "kim"),
            (acknowledged.Status, acknowledged.Answer.Text("status"), acknowledged.Answer.Text("revision"),
                acknowledged.Answer.Text("acknowledged_by"), acknowledged.Answer.Text("acknowledged_said_by")));
        Assert.Equal((HttpStatusCode.OK, "resolved", "3", "person"),
            (resolved.Status, resolved.Answer.Text("status"), resolved.Answer.Text("revision"), resolved.Answer.Text("resolution")));
        Assert.Equal(("resolved", "local", "lee", "노드 재시작 🛠", "leak", "False", "3"),
            (found.Text("status"), found.Text("resolved_by"), found.Text("resolved_said_by"), found.Text("action_taken"), found.Text("root_cause"), found.Text("is_noise"), found.Text("revision")));
    }

    [Fact]
    public async Task A_repeated_command_gets_its_first_answer_whatever_happened_since()
    {
        var (system, id, key) = (await shared.Get(), await Open(), Guid.NewGuid());
        var first = await system.Command(id, "acknowledge", """{"by":"kim"}""", key);
        await system.Command(id, "resolve");

        var again = await system.Command(id, "acknowledge", """{"by":"kim"}""", key);

        Assert.Equal((HttpStatusCode.OK, "acknowledged", "2"),
            (again.Status, again.Answer.Text("status"), again.Answer.Text("revision")));
        Assert.Equal(first.Answer.Text("incident_id"), again.Answer.Text("incident_id"));
        Assert.Equal("resolved", (await system.Get($"/api/incidents/{id}")).Answer.Text("status"));
    }

    [Fact]
    public async Task Who_saw_an_older_revision_is_refused_with_what_is_so_now()
    {
        var (system, id) = (await shared.Get(), await Open());
        await system.Command(id, "acknowledge", """{"by":"kim"}""");

        var (status, answer) = await system.Command(id, "resolve", """{"by":"lee","revision":1}""");

        Assert.Equal((HttpStatusCode.Conflict, "stale_revision"), (status, answer.Text("outcome")));
        Assert.Equal(("acknowledged", "2", "kim"),
            (answer.GetProperty("incident").Text("status"), answer.GetProperty("incident").Text("revision"), answer.GetProperty("incident").Text("acknowledged_said_by")));
    }

    [Fact]
    public async Task A_resolved_incident_takes_no_more_commands()
    {
        var (system, id) = (await shared.Get(), await Open());
        await system.Command(id, "resolve");

        foreach (var command in (string[])["acknowledge", "unacknowledge", "resolve"])
        {
            var (status, answer) = await system.Command(id, command);

            Assert.Equal((HttpStatusCode.Conflict, "already_resolved"), (status, answer.Text("outcome")));
            Assert.Equal("resolved", answer.GetProperty("incident").Text("status"));
        }
    }

    [Fact]
    public async Task An_incident_that_never_was_is_not_found()
    {
        var system = await shared.Get();

        Assert.Equal(HttpStatusCode.NotFound, (await system.Command("INC-20260101000000-00000000000000ff", "acknowledge")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await system.Get("/api/incidents/INC-20260101000000-00000000000000ff")).Status);
    }

    [Fact]
    public async Task An_idempotency_key_belongs_to_one_command()
    {
        var (system, id, key) = (await shared.Get(), await Open(), Guid.NewGuid());
        await system.Command(id, "acknowledge", """{"by":"kim"}""", key);

        Assert.Equal(HttpStatusCode.BadRequest, (await system.Command(id, "resolve", """{"by":"kim"}""", key)).Status);
        Assert.Equal("acknowledged", (await system.Get($"/api/incidents/{id}")).Answer.Text("status"));
    }

    [Fact]
    public async Task An_idempotency_key_belongs_to_what_was_said_with_it()
    {
        var (system, id, key) = (await shared.Get(), await Open(), Guid.NewGuid());
        await system.Command(id, "resolve", """{"root_cause":"the disk"}""", key);

        var (status, answer) = await system.Command(id, "resolve", """{"root_cause":"the network"}""", key);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("This Idempotency-Key was used for another command.", answer.Text("detail"));
        Assert.Equal(HttpStatusCode.OK, (await system.Command(id, "resolve", """{"root_cause":"the disk"}""", key)).Status);
    }

    [Fact]
    public async Task An_idempotency_key_belongs_to_one_incident()
    {
        var (system, one, other, key) = (await shared.Get(), await Open(), await Open(), Guid.NewGuid());
        await system.Command(one, "acknowledge", "{}", key);

        var (status, _) = await system.Command(other, "acknowledge", "{}", key);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("active", (await system.Get($"/api/incidents/{other}")).Answer.Text("status"));
    }

    private async Task<string> Open() =>
        (await (await shared.Get()).Accept("grafana/01_single_firing.json", Vary.NewName())).IncidentId;
}
