using Incidents.WebFront.Webhooks;

namespace Incidents.WebFront.Tests.Webhooks;

public sealed class KeyTests
{
    private const string Silence = "https://g.example/x/alerting/silence/new?alertmanager=grafana&matcher=a%3Db"
        + "&matcher=__alert_rule_uid__%3Dfrom-silence&orgId=1";

    [Theory]
    [InlineData("""{"rule_uid":"r1","cluster":"prod","namespace":"default","service":"api","phase":"production"}""", "6b7aeda2ac445dc6")]
    [InlineData("""{"alertname":"HighCPU"}""", "46a7969e0ae5dc9b")]
    public void The_key_is_the_published_hash(string labels, string key) => Assert.Equal(
        key, Parse.Text($$$"""{"alerts":[{"status":"firing","labels":{{{labels}}}}]}""").Batches.Single().Key.Value);

    [Theory]
    [InlineData("""
        "labels":{"rule_uid":"label","rulename":"n","alertname":"a"},"ruleUID":"field"
        """, "label")]
    [InlineData("""
        "labels":{"rule_uid":"","rulename":"n"},"ruleUID":"field","silenceURL":"S"
        """, "field")]
    [InlineData("""
        "labels":{"rulename":"n"},"silenceURL":"S","generatorURL":"https://g.example/alerting/grafana/gen/view"
        """, "from-silence")]
    [InlineData("""
        "silenceURL":"https://g.example/?matcher=x","generatorURL":"https://g.example/sub/alerting/grafana/gen%2D1/edit?orgId=1"
        """, "gen-1")]
    [InlineData("""
        "generatorURL":"/alerting/g8/edit#x","labels":{"rulename":"n"}
        """, "g8")]
    [InlineData("""
        "generatorURL":"http://alerting/g8/edit","labels":{"rulename":"n","alertname":"a"}
        """, "n")]
    [InlineData("""
        "generatorURL":"http://prometheus:9090/graph?g0.expr=up","labels":{"alertname":"a"}
        """, "a")]
    public void The_rule_is_taken_from_the_first_place_that_names_it(string members, string ruleUid)
    {
        var alert = "{\"status\":\"firing\"," + members.Replace("\"S\"", $"\"{Silence}\"", StringComparison.Ordinal) + "}";

        Assert.Equal(ruleUid, Parse.Text($$"""{"alerts":[{{alert}}]}""").Batches.Single().Batch.Parts.RuleUid);
    }

    [Fact]
    public void The_first_configured_label_that_is_not_empty_counts()
    {
        var key = new KeyLabelsOptions { Service = { "service", "app" } };

        var parts = Parse.Text("""{"alerts":[{"status":"firing","labels":{"service":"","app":"shop"}}]}""", key: key)
            .Batches.Single().Batch.Parts;

        Assert.Equal("shop", parts.Service);
    }

    [Fact]
    public void A_part_of_any_length_makes_its_own_key_and_is_cut_for_people()
    {
        var text = new string('c', 300);
        var batches = Parse.Text(
            $$$"""{"alerts":[{"status":"firing","labels":{"cluster":"{{{text}}}1"}},{"status":"firing","labels":{"cluster":"{{{text}}}2"}}]}""")
            .Batches;

        Assert.Equal(2, batches.Select(static b => b.Key).Distinct().Count());
        Assert.All(batches, static b => Assert.Equal(255, b.Batch.Parts.Cluster.Length));
    }
}
