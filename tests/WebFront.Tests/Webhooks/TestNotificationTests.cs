using System.Text.Json.Nodes;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Webhooks;

/// <summary>A test ends by itself, so a real alert must never pass for one.</summary>
public sealed class TestNotificationTests
{
    private const string Fixture = "grafana/09_test_notification.json";

    [Theory]
    [InlineData("webhook-57c6d9296de2ad39-1795140930")] // since 12.4
    [InlineData("ops \"-\" team-57c6d9296de2ad39-1795140930")] // before: the contact point's name
    [InlineData("{}-57c6d9296de2ad39-1795140930")] // a name may be anything
    public void The_Test_button_is_known_in_every_version(string groupKey) => Assert.True(IsTest(body => body["groupKey"] = groupKey));

    [Fact]
    public void The_tester_may_choose_labels_and_annotations() => Assert.True(IsTest(static body =>
    {
        body["alerts"]![0]!["labels"] = new JsonObject { ["alertname"] = "DiskFull", ["severity"] = "critical" };
        body["alerts"]![0]!["annotations"] = new JsonObject { ["summary"] = "of my own" };
    }));

    public static TheoryData<string, Action<JsonNode>> Real => new()
    {
        { "a relay's group key", static body => body["groupKey"] = "relay/eu/42" },
        { "a relay's group key of the same form", static body => body["alerts"]![0]!["valueString"] = "[ var='A' labels={} value=1 ]" },
        { "no values", static body => body["alerts"]![0]!.AsObject().Remove("valueString") },
        { "no group key", static body => body.AsObject().Remove("groupKey") },
        { "an empty group key", static body => body["groupKey"] = "" },
        { "no text as group key", static body => body["groupKey"] = 7 },
        { "a dispatcher's group key", static body => body["groupKey"] = "{}:{alertname=\"TestAlert\"}" },
        { "another fingerprint", static body => body["groupKey"] = "webhook-00000000000000a1-1795140930" },
        { "no time", static body => body["groupKey"] = "webhook-57c6d9296de2ad39" },
        { "two alerts", static body => body["alerts"]!.AsArray().Add(body["alerts"]![0]!.DeepClone()) },
        { "resolved", static body => body["alerts"]![0]!["status"] = "resolved" },
    };

    [Theory]
    [MemberData(nameof(Real))]
    public void What_lacks_a_sign_of_it_is_a_real_alert(string what, Action<JsonNode> change)
    {
        Assert.NotEmpty(what);
        Assert.False(IsTest(change));
    }

    private static bool IsTest(Action<JsonNode> change)
    {
        var body = JsonNode.Parse(Fixtures.Read(Fixture))!;
        change(body);
        return Parse.Text(body.ToJsonString()).Batches.Single().Batch.IsTest;
    }
}
