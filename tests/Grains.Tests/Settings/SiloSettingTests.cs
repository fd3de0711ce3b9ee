using System.Reflection;
using Incidents.Grains.Hosting;
using Incidents.Silo;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Incidents.Grains.Tests.Settings;

/// <summary>What the silo says of its settings before it starts; nothing of it asks a database.</summary>
public sealed class SiloSettingTests
{
    [Fact]
    public void Sound_settings_have_no_faults() => Assert.Empty(Faults());

    [Theory]
    [InlineData("Senders:SilentAfterBy:prod", "5m", "Senders:SilentAfterBy:prod must be a time such as 00:05:00 (hours, minutes, seconds).")]
    [InlineData("Senders:SilentAfterBy:prod", "", "Senders:SilentAfterBy:prod is set but empty: give it a value, or remove it.")]
    [InlineData("Senders:SilentAfterBy:prod", "-00:05:00", "Senders:SilentAfterBy:prod must be 00:00:00 (never) or between 00:02:00 and 365.00:00:00.")]
    [InlineData("Senders:SilentAfterBy", "00:05:00", "Senders:SilentAfterBy takes names below it: write Senders:SilentAfterBy:NAME (Senders__SilentAfterBy__NAME).")]
    [InlineData("Senders:SilentAfter", "5m", "Failed to convert configuration value '5m' at 'Senders:SilentAfter' to type 'System.TimeSpan'.")]
    [InlineData("Senders:Severity", "SEV1", "Senders:Severity must be one of Episodes:SeverityOrder: critical, error, warning, unknown, info.")]
    [InlineData("Senders:Sevrity", "error", "Senders:Sevrity is no setting: below Senders there are SilentAfter, SilentAfterBy, Severity, ")]
    [InlineData("Episodes:StaleAfter", "-01:00:00", "Episodes:StaleAfter must be between 00:00:00 and 365.00:00:00.")]
    [InlineData("Episodes:Stale", "01:00:00", "Episodes:Stale is no setting: below Episodes there are ")]
    [InlineData("Episodes:SeverityOrder:0", "critical", "Episodes:SeverityOrder:0 is no setting: Episodes:SeverityOrder takes one value.")]
    [InlineData("Intake:MaxWaiting", "1", "Intake:MaxWaiting is no setting: ")]
    [InlineData("GroupCommit:MaxAlert", "1", "GroupCommit:MaxAlert is no setting: ")]
    [InlineData("Due:EveryOther", "1", "Due:EveryOther is no setting: ")]
    [InlineData("Counts:Fold", "1", "Counts:Fold is no setting: ")]
    [InlineData("Logging:LogLevel:Default", "Loud", "Logging:LogLevel:Default must be Trace, ")]
    [InlineData("Dashboard:Enable", "true", "Dashboard:Enable is no setting: ")]
    [InlineData("ConnectionStrings:Incidents", "Database=incidents", "ConnectionStrings:Incidents must name a Server and a Database.")]
    [InlineData("Slack:BotToken", "xoxp-1111111111-secret", "Slack:BotToken must be a bot token, which begins with xoxb-.")]
    [InlineData("Slack:BotToken", "xoxb-1111111111-secret", "Slack:Channel must name the channel for severities that Slack:Channels does not name.")]
    [InlineData("Slack:WebhookUrl", "hooks.slack.com/services/secret", "Slack:WebhookUrl must be the address of an incoming webhook, such as https://hooks.slack.com/services/...")]
    [InlineData("Slack:Channel", "#incidents", "Slack:Channel and Slack:Channels have no effect without Slack:BotToken.")]
    [InlineData("Slack:Channels", "#incidents", "Slack:Channels takes names below it: write Slack:Channels:NAME (Slack__Channels__NAME).")]
    [InlineData("Slack:MentionOnCritical", "everyone", "Slack:MentionOnCritical must be 'here', 'channel', or the id of a user (U...) or of a user group (S...).")]
    [InlineData("Slack:SettleAfter", "00:00:10", "Slack:SettleAfter must be at least twice Slack:AnswerWithin: ")]
    [InlineData("Slack:ApiBaseUrl", "http://slack.example.com/api/", "Slack:ApiBaseUrl must be an https address: ")]
    [InlineData("Slack:Token", "xoxb-1111111111-secret", "Slack:Token is no setting: ")]
    [InlineData("Episode:StaleAfter", "01:00:00", "Episode:StaleAfter is no setting: write Episodes:StaleAfter.")]
    public void A_bad_setting_stops_the_start_with_one_sentence_that_names_it(string key, string value, string fault)
    {
        var said = Faults((key, value));

        Assert.StartsWith(fault, said, StringComparison.Ordinal);
        Assert.DoesNotContain(fault, said[1..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_of_a_severity_that_there_is_not_stops_the_start_too()
    {
        (string, string)[] sound = [("Slack:BotToken", "xoxb-1111111111-secret"), ("Slack:Channel", "#incidents"), ("Slack:Channels:critical", "C0123456789")];

        Assert.Empty(Faults(sound));
        Assert.StartsWith("Slack:Channels:sev1 is no severity: ", Faults([.. sound, ("Slack:Channels:sev1", "#one")]), StringComparison.Ordinal);
        Assert.StartsWith("Slack:Channels:error must be a channel's id, ", Faults([.. sound, ("Slack:Channels:error", "incidents")]), StringComparison.Ordinal);
        Assert.StartsWith("Slack:BotToken and Slack:WebhookUrl are two ways ", Faults([.. sound, ("Slack:WebhookUrl", "https://hooks.slack.com/services/x")]), StringComparison.Ordinal);
    }

    /// <summary>Both hosts may be given the same variables.</summary>
    [Fact]
    public void What_WebFront_reads_in_a_section_of_both_is_no_fault()
    {
        var names = Assembly.Load("Incidents.WebFront").GetType("Incidents.WebFront.Senders.SenderLedgerOptions", throwOnError: true)!
            .GetProperties().Select(static property => property.Name).ToArray();

        Assert.NotEmpty(names);
        Assert.Empty(Faults([.. names.Select(static name => ($"Senders:{name}", "1"))]));
    }

    [Theory]
    [InlineData("Webhooks:MaxBodyByte", "1")] // WebFront's section, so its business
    [InlineData("App:StaleAfter", "1")]
    [InlineData("Episode:Length", "1")]
    public void What_is_not_the_silos_is_no_fault(string key, string value) => Assert.Empty(Faults((key, value)));

    private static string Faults(params (string Key, string Value)[] settings)
    {
        try
        {
            var app = SiloApp.Build([], builder => builder.Configuration
                .AddInMemoryCollection([new("ConnectionStrings:Incidents", "Server=127.0.0.1;Port=1;Database=none;User ID=none")])
                .AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, (string?)s.Value))));
            StartupChecks.ValidateOptions(app);
            return string.Empty;
        }
        catch (Exception failure) when (failure is StartupFailure or FormatException) // as the program does
        {
            return failure.Message;
        }
    }
}
