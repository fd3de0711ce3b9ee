using System.Net;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Commands;
using Incidents.WebFront.Tests.SignIn;
using Incidents.WebFront.Tests.Whole;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MySqlConnector;

namespace Incidents.WebFront.Tests.AuditTrail;

public sealed class AuditTests(SharedSystem shared)
{
    [Fact]
    public async Task Whatever_is_done_over_the_API_is_on_the_page_with_what_came_of_it()
    {
        var system = await shared.Get();
        var id = (await system.Accept("grafana/01_single_firing.json", Vary.NewName())).IncidentId;
        await system.Command(id, "acknowledge", """{"by":"<b>kim</b>"}""");
        await system.Command(id, "acknowledge");
        await system.Command(id, "notes", """{"text":"a note"}""");
        using var admin = new Browser(system.Client.BaseAddress!);

        var all = await admin.Get($"/audit?target={id}");
        var one = await admin.Get($"/audit?target={id}&actor=local&action=note");
        var none = await admin.Get($"/audit?target={id}&actor=nobody");

        Assert.Equal((HttpStatusCode.OK, 3, 1, 0), (all.Status, Rows(all), Rows(one), Rows(none)));
        Assert.Contains("as <b>kim</b> says", all.Text, StringComparison.Ordinal); // decoded: the page has it as text
        Assert.DoesNotContain("<script>", all.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["local 127.0.0.1 acknowledge done <b>kim</b>", "local 127.0.0.1 acknowledge already_so", "local 127.0.0.1 note done"],
            (await system.Database.Rows(
                "SELECT CONCAT_WS(' ', via, remote_address, action, outcome, said_by) FROM audit WHERE target = ? ORDER BY audit_id", id))
                .ConvertAll(static row => (string)row[0]!));
    }

    [Fact]
    public async Task It_goes_on_page_by_page_without_a_row_lost_or_twice()
    {
        var system = await shared.Get();
        var target = Vary.NewName();
        await system.Database.Execute(
            "INSERT INTO audit (at, actor, via, action, target, outcome) SELECT '2026-11-20', CONCAT('a', seq), 'local', 'note', ?, 'done' FROM "
            + "(SELECT a.n * 10 + b.n AS seq FROM (SELECT 0 n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5) a, "
            + "(SELECT 0 n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) b) s",
            target);
        using var admin = new Browser(system.Client.BaseAddress!);

        var first = await admin.Get($"/audit?target={target}");
        var second = await admin.Get(System.Text.RegularExpressions.Regex.Match(first.Text, "href=\"(/audit[^\"]+before=[^\"]+)\"").Groups[1].Value);

        Assert.Equal((50, 10), (Rows(first), Rows(second)));
        Assert.DoesNotContain("rel=\"next\"", second.Text, StringComparison.Ordinal);
    }

    /// <summary>There is no grain here that could be reached.</summary>
    [Fact]
    public async Task What_cannot_be_written_down_is_not_sent()
    {
        var clock = new FakeTimeProvider();
        await using var nowhere = new MySqlDataSource("Server=127.0.0.1;Port=1;Database=none;User ID=none");
        var carrier = new CommandCarrier(null!, new(nowhere, clock, NullLogger<AuditLog>.Instance), clock);
        Assert.True(IncidentId.TryParse("INC-20260102030405-0123456789abcdef", out var incident));

        var answer = carrier.Carry(
            new()
            {
                CommandId = Guid.NewGuid(),
                Kind = CommandKind.Resolve,
                IncidentId = incident,
                Actor = "ann",
                Deadline = carrier.AnswerBy,
            },
            Origin.Slack);
        await TestKit.Eventually.Holds("the carrier gives up", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(answer.IsCompleted);
        }, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(new CommandResult(CommandOutcome.Expired, null), await answer);
    }

    private static int Rows(Seen page) => page.Text.Split("<td class=\"when\">").Length - 1;
}
