using System.Net;
using System.Text;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Pages;

/// <summary>What people do on an incident's page, without scripts.</summary>
public sealed class IncidentPageTests(SharedSystem shared)
{
    [Fact]
    public async Task An_incident_is_acknowledged_given_back_and_resolved()
    {
        var system = await shared.Get();
        var id = (await system.Accept(Incoming.Alert("page-acts"))).IncidentId;

        var page = await system.Visit($"/incidents/{id}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("HighErrorRate", page.Text, StringComparison.Ordinal);
        Assert.Contains("Open, and nobody has it", page.Text, StringComparison.Ordinal);
        Assert.Contains("Opened: new: nothing of its key was open", page.Text, StringComparison.Ordinal);

        page = await page.Send(system, "/acknowledge");
        Assert.Equal($"/incidents/{id}?done=acknowledge", page.Address.PathAndQuery);
        Assert.Contains("Acknowledged by local", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{id}/acknowledge\"", page.Html, StringComparison.Ordinal);

        page = await page.Send(system, "/unacknowledge");
        Assert.Contains("Given back: nobody has it now.", page.Text, StringComparison.Ordinal);

        page = await page.Send(system, "/resolve", ("action_taken", "restarted <pod>\r\nand waited"), ("root_cause", "leak"), ("is_noise", "true"));
        Assert.Contains("Resolved by local", page.Text, StringComparison.Ordinal);
        Assert.Contains("restarted <pod>\nand waited", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.DoesNotContain("<pod>", page.Html, StringComparison.Ordinal);
        Assert.Contains("Noise", page.Text, StringComparison.Ordinal);
        var stored = await system.Read($"/api/incidents/{id}");
        Assert.Equal("restarted <pod>\nand waited", stored.Text("action_taken"));
        Assert.True(stored.GetProperty("is_noise").GetBoolean());

        page = await page.Send(system, "/amend", ("action_taken", "restarted it"), ("root_cause", ""));
        Assert.Contains("Saved.", page.Text, StringComparison.Ordinal);
        stored = await system.Read($"/api/incidents/{id}");
        Assert.Equal(("restarted it", ""), (stored.Text("action_taken"), stored.Text("root_cause")));
        Assert.False(stored.GetProperty("is_noise").GetBoolean());
    }

    [Fact]
    public async Task Who_comes_second_is_told_and_loses_no_text()
    {
        var system = await shared.Get();
        var id = (await system.Accept(Incoming.Alert("page-second"))).IncidentId;
        var seen = await system.Visit($"/incidents/{id}");
        await system.Command(id, "acknowledge", "{\"by\":\"Ben\"}");

        var refused = await seen.Send(system, "/resolve", ("action_taken", "my long text"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Not done: it changed since you looked.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Acknowledged by Ben (local)", refused.Text, StringComparison.Ordinal);
        Assert.Contains(">my long text</textarea>", refused.Html, StringComparison.Ordinal);
        Assert.Equal("acknowledged", (await system.Read($"/api/incidents/{id}")).Text("status"));

        // The form in the answer knows what happened meanwhile.
        var done = await refused.Send(system, "/resolve", ("action_taken", "my long text"));
        Assert.Contains("Resolved by local", done.Text, StringComparison.Ordinal);

        var late = await seen.Send(system, "/acknowledge");
        Assert.Contains("Not done: it is already resolved.", late.Text, StringComparison.Ordinal);

        var lateText = await seen.Send(system, "/resolve", ("action_taken", "another"));
        Assert.Equal(HttpStatusCode.Conflict, lateText.Status);
        Assert.Contains(">another</textarea>", lateText.Html, StringComparison.Ordinal);
        Assert.Equal("my long text", (await system.Read($"/api/incidents/{id}")).Text("action_taken"));
    }

    [Fact]
    public async Task Two_who_write_into_different_fields_overwrite_nothing_of_each_other()
    {
        var system = await shared.Get();
        var id = (await system.Accept(Incoming.Alert("page-fields"))).IncidentId;
        var (ann, ben) = (await system.Visit($"/incidents/{id}"), await system.Visit($"/incidents/{id}"));
        await ann.Send(system, "/resolve", ("action_taken", "restarted pod"));

        var refused = await ben.Send(system, "/resolve", ("root_cause", "leak"));
        await refused.Send(system, "/amend", ("action_taken", "restarted pod"), ("root_cause", "leak"));
        var late = await refused.Send(system, "/amend", ("action_taken", "rolled back"), ("root_cause", ""));

        var stored = await system.Read($"/api/incidents/{id}");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains(">restarted pod</textarea>", refused.Html, StringComparison.Ordinal);
        Assert.Contains(">leak</textarea>", refused.Html, StringComparison.Ordinal);
        Assert.Equal(("restarted pod", "leak"), (stored.Text("action_taken"), stored.Text("root_cause")));

        // Of one who changed the other field, that field alone is theirs.
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains(">rolled back</textarea>", late.Html, StringComparison.Ordinal);
        Assert.Contains(">leak</textarea>", late.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/incidents/{0}?done=resolve", "Resolved.")]
    [InlineData("/?did=acknowledge&outcome=done&of={0}", "Acknowledged.")]
    public async Task An_address_that_somebody_made_up_says_nothing_that_is_not_so(string path, string claim)
    {
        var system = await shared.Get();
        var id = (await system.Accept(Incoming.Alert("page-claims"))).IncidentId;

        var page = await system.Visit(string.Format(null, path, id));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain(claim, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_command()
    {
        var system = await shared.Get();
        var id = (await system.Accept(Incoming.Alert("page-twice"))).IncidentId;
        var seen = await system.Visit($"/incidents/{id}");

        await seen.Send(system, "/note", ("note", "once"));
        var again = await seen.Send(system, "/note", ("note", "once"));

        Assert.Contains("The note was added.", again.Text, StringComparison.Ordinal);
        Assert.Single((await system.Read($"/api/incidents/{id}/timeline")).Texts("events", "kind"), "noted");
    }

    [Fact]
    public async Task An_empty_note_and_one_too_long_come_back()
    {
        var system = await shared.Get();
        var id = (await system.Accept(Incoming.Alert("page-notes"))).IncidentId;
        var seen = await system.Visit($"/incidents/{id}");

        var empty = await seen.Send(system, "/note", ("note", " \r\n "));
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Contains("Not done: the note is empty.", empty.Text, StringComparison.Ordinal);

        var longText = new string('x', 4097);
        var tooLong = await seen.Send(system, "/note", ("note", longText));
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.Status);
        Assert.Contains($">{longText}</textarea>", tooLong.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_hostile_is_shown_and_does_nothing()
    {
        const string Script = "<script>alert(1)</script>";
        const string Escaped = "&lt;script&gt;alert(1)&lt;/script&gt;";
        var system = await shared.Get();
        var body = $$$"""
            {"version":"1","groupKey":"{}:{}","alerts":[{"status":"firing","fingerprint":"00000000000000b1","startsAt":"2026-11-20T02:15:30Z",
             "labels":{"alertname":"{{{Script}}}","cluster":"page-hostile","namespace":"shop","service":"checkout","severity":"critical","x":"\"><img src=x>"},
             "annotations":{"summary":"{{{Script}}}","runbook_url":"javascript:alert(1)"},
             "generatorURL":"javascript:alert(2)","silenceURL":"data:text/html,x","panelURL":"https://grafana.example/d/1?viewPanel=2","values":{"A":93.5}}]}
            """;
        var id = (await system.Accept(Encoding.UTF8.GetBytes(body))).IncidentId;
        var page = await (await system.Visit($"/incidents/{id}")).Send(system, "/note", ("note", Script));

        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript:", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"data:", page.Html, StringComparison.Ordinal);
        Assert.Contains($"<h1><bdi>{Escaped}</bdi></h1>", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://grafana.example/d/1?viewPanel=2\" rel=\"noopener noreferrer\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("A = 93.5", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/incidents/nonsense")]
    [InlineData("/incidents/INC-20260102030405-0123456789abcdef")]
    [InlineData("/incidents/INC-20260102030405-0123456789abcdef/alerts/1")]
    [InlineData("/incidents/nonsense/alerts/99999999999/download")]
    public async Task What_is_not_there_is_said_to_be_not_there(string path)
    {
        var page = await (await shared.Get()).Visit(path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("There is nothing here", page.Text, StringComparison.Ordinal);
    }
}
