using Incidents.Grains.Domain;

namespace Incidents.WebFront.Tests.Http;

public sealed class StartUpTests
{
    [Fact]
    public void Sound_settings_have_no_faults() => Assert.Empty(RunningWebFront.Faults());

    [Theory]
    [InlineData("Webhooks:MaxBodyBytes", "5", "Webhooks:MaxBodyBytes must be between 1024 and 104857600.")]
    [InlineData("Webhooks:AnswerWithin", "1:00:00", "Webhooks:AnswerWithin must be between 00:00:01 and 00:05:00.")]
    [InlineData("Webhooks:MaxDepth", "deep", "Failed to convert configuration value 'deep' at 'Webhooks:MaxDepth'")]
    [InlineData("Webhooks:Tokens:0", "my-secret", "Webhooks:Tokens:0 must be 'sha256:'")]
    [InlineData("Webhooks:TokenFile", "/no/such/file", "Webhooks:TokenFile must name a file that can be read")]
    [InlineData("ConnectionStrings:Incidents", "", "ConnectionStrings:Incidents must be set")]
    [InlineData("ConnectionStrings:Incidents", "Nonsense=hunter2", "ConnectionStrings:Incidents must be a MySQL connection string")]
    [InlineData("urls", "http://0.0.0.0:8080", "set Webhooks:TokenFile or Webhooks:Tokens")]
    [InlineData("urls", "http://127.0.0.1:1;http://*:2", "set Webhooks:TokenFile or Webhooks:Tokens")]
    [InlineData("Telemetry:Traces", "maybe", "Telemetry:Traces must be true or false.")]
    [InlineData("Dashboard:Enabled", "yes", "Dashboard:Enabled must be true or false.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT must be the http or https URL")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true", "FORWARDEDHEADERS_ENABLED must not be set")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://[::]:1", "set Webhooks:TokenFile or Webhooks:Tokens")]
    [InlineData("urls", "foo", "Urls: 'foo' is not an address such as http://127.0.0.1:8080.")]
    [InlineData("Orleans:ClusterId", "", "Orleans:ClusterId must not be empty.")]
    [InlineData("Orleans:ServiceId", " ", "Orleans:ServiceId must not be empty.")]
    [InlineData("ConnectionStrings:Incidents", "Database=incidents;Password=hunter2", "ConnectionStrings:Incidents must be a MySQL connection string")]
    [InlineData("ConnectionStrings:Incidents", "Server=db;Password=hunter2", "ConnectionStrings:Incidents must be a MySQL connection string")]
    [InlineData("ConnectionStrings:IncidentsReadOnly", "Server=db", "ConnectionStrings:IncidentsReadOnly must be a MySQL connection string")]
    [InlineData("Logging:LogLevel:Default", "Loud", "Logging:LogLevel:Default must be Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("Logging:Console:LogLevel:Orleans", "Loud", "Logging:Console:LogLevel:Orleans must be Trace, ")]
    [InlineData("Telemetry:Trace", "true", "Telemetry:Trace is no setting: below Telemetry there is Traces.")]
    [InlineData("Dashboard:Enable", "true", "Dashboard:Enable is no setting: below Dashboard there is Enabled.")]
    [InlineData("Webhooks:MaxBodyByte", "1024", "Webhooks:MaxBodyByte is no setting: below Webhooks there are ")]
    [InlineData("Key:Servce:0", "app", "Key:Servce is no setting: below Key there are Cluster, Namespace, Service, Phase.")]
    [InlineData("Key:Service", "app", "Key:Service takes numbers below it: write Key:Service:0 (Key__Service__0).")]
    [InlineData("Senders:MaxPeer", "5", "Senders:MaxPeer is no setting: below Senders there are ")]
    public void A_bad_setting_stops_the_start_with_its_name_and_the_fix(string key, string value, string fault)
    {
        var faults = RunningWebFront.Faults((key, value)).ToList();

        Assert.Contains(faults, f => f.StartsWith(fault, StringComparison.Ordinal) || f.Contains(fault, StringComparison.Ordinal));
        Assert.DoesNotContain(faults, static f => f.Contains("secret", StringComparison.Ordinal) || f.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_short_token_in_the_file_is_refused_without_printing_it()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "long-enough-a-token\nshort\n");

        var fault = Assert.Single(RunningWebFront.Faults(("Webhooks:TokenFile", file)));
        File.Delete(file);

        Assert.Equal("Webhooks:TokenFile: line 2 must have a token of at least 16 characters.", fault);
    }

    /// <summary>Both hosts may be given the same variables.</summary>
    [Fact]
    public void What_silos_read_in_a_section_of_both_is_no_fault() => Assert.Empty(RunningWebFront.Faults(
    [
        .. typeof(SilenceOptions).GetProperties().Where(static property => property.CanWrite)
            .Select(static property => ($"Senders:{property.Name}", "1")),
    ]));

    [Fact]
    public void All_faults_are_told_at_once() => Assert.Equal(
        3,
        RunningWebFront.Faults(("Webhooks:MaxDepth", "1"), ("Webhooks:MaxLabels", "1"), ("ConnectionStrings:Incidents", "")).Count());

    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.9.9.9:8080")]
    [InlineData("http://[::1]:8080")]
    public void Listening_on_this_machine_needs_no_tokens(string url) => Assert.Empty(RunningWebFront.Faults(("urls", url)));
}
