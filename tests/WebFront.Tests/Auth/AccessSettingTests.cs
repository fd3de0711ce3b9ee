using Incidents.WebFront.Tests.Http;

namespace Incidents.WebFront.Tests.Auth;

public sealed class AccessSettingTests
{
    private static readonly string Hash = RunningWebFront.HashOf(RunningWebFront.Token);

    private const string Locked = "Webhooks:Senders:a:Hmac:Secrets:0=a-secret-of-its-own|Webhooks:Senders:a:Hmac:TimestampHeader=X-T";

    public static TheoryData<string, string> Bad => new()
    {
        { "Api:Tokens:ann:Scope=read", "Api:Tokens:ann:Hash must be set" },
        { $"Api:Tokens:ann:Hash={Hash}", "Api:Tokens:ann:Scope must be read, act or admin." },
        { $"Api:Tokens:ann:Hash={Hash}|Api:Tokens:ann:Scope=root", "Api:Tokens:ann:Scope must be read, act or admin." },
        { "Api:Tokens:ann:Hash=a-plain-secret|Api:Tokens:ann:Scope=read", "Api:Tokens:ann:Hash must be 'sha256:'" },
        { "Api:Tokens:ann:File=/no/such/file|Api:Tokens:ann:Scope=read", "Api:Tokens:ann:File must name a file that can be read" },
        { $"Api:Tokens:ann:Hash={Hash}|Api:Tokens:ann:Scope=read|Api:Tokens:ann:Expires=tomorrow", "Api:Tokens:ann:Expires must be a UTC date" },
        { $"Api:Tokens:ann:Hash={Hash}|Api:Tokens:ann:Scope=read|Api:Tokens:ann:Expire=2027-01-01", "Api:Tokens:ann:Expire is no setting" },
        { "Api:Tokens:ann:Hash=|Api:Tokens:ann:Scope=read", "Api:Tokens:ann:Hash must be set" },
        { "Webhooks:Tokens:0=", "Webhooks:Tokens:0 must be 'sha256:'" },
        { "Webhooks:Senders:a:Hmac:Secrets:0=", "Webhooks:Senders:a:Hmac:Secrets:0 must have at least 16 characters" },
        { $"Api:Tokens:0={Hash}", "Api:Tokens:0 is no setting" },
        { $"Api:Tokens:a b:Hash={Hash}|Api:Tokens:a b:Scope=read", "Api:Tokens:a b must be named with 1 to 64 characters" },
        { $"Api:Tokens:local:Hash={Hash}|Api:Tokens:local:Scope=read", "and not 'local'" },
        { $"Api:Tokens:a:Hash={Hash}|Api:Tokens:a:Scope=read|Api:Tokens:b:Hash={Hash}|Api:Tokens:b:Scope=act", "Api:Tokens:a and b have the same token" },
        { $"Api:Tokens:a:Hash={Hash}|Api:Tokens:a:Scope=read|Webhooks:Tokens:0={Hash}", "Api:Tokens:a has the secret of a webhook sender" },
        { "Webhooks:Senders:prod:TokenFile=", "Webhooks:Senders:prod has no credentials" },
        { "Webhooks:Senders:prod:Token:0=x", "Webhooks:Senders:prod:Token is no setting: below Webhooks:Senders:prod there are Tokens, TokenFile, Basic, Hmac." },
        { $"Webhooks:Senders:pr od:Tokens:0={Hash}", "Webhooks:Senders:pr od must be named with" },
        { "Webhooks:Senders:prod:Tokens:0=a-plain-secret", "Webhooks:Senders:prod:Tokens:0 must be 'sha256:'" },
        { $"Webhooks:Tokens:0={Hash}|Webhooks:Senders:default:Tokens:0=sha256:{new string('0', 64)}", "move them into it" },
        { $"Webhooks:Senders:a:Tokens:0={Hash}|Webhooks:Senders:b:Tokens:0={Hash}", "Webhooks:Senders:a and b have the same secret" },
        { $"Webhooks:Senders:a:Basic:PasswordHashes:0={Hash}", "Webhooks:Senders:a:Basic needs both a Username" },
        { "Webhooks:Senders:a:Basic:Username=grafana", "Webhooks:Senders:a:Basic needs both a Username" },
        { $"Webhooks:Senders:a:Basic:Username=a:b|Webhooks:Senders:a:Basic:PasswordHashes:0={Hash}", "without a colon" },
        { "Webhooks:Senders:a:Hmac:Secrets:0=short-secret", "Webhooks:Senders:a:Hmac:Secrets:0 must have at least 16 characters" },
        { "Webhooks:Senders:a:Hmac:TimestampHeader=X-Time", "Webhooks:Senders:a:Hmac needs Secrets or a SecretFile" },
        { "Webhooks:Senders:a:Hmac:Secrets:0=long-enough-a-secret|Webhooks:Senders:a:Hmac:TimestampHeadr=X", "Hmac:TimestampHeadr is no setting" },
        { "Webhooks:Senders:a:Hmac:Secrets:0=long-enough-a-secret|Webhooks:Senders:a:Hmac:Header=not a header", "must be two names of HTTP headers" },
        { "Webhooks:Senders:a:Hmac:Secrets:0=long-enough-a-secret|Webhooks:Senders:a:Hmac:Header=X|Webhooks:Senders:a:Hmac:TimestampHeader=x", "must be two names" },
        { "Webhooks:Senders:a:Hmac:Secrets:0=long-enough-a-secret|Webhooks:Senders:a:Hmac:ReplayWindow=02:00:00", "ReplayWindow must be between" },
        { "Webhooks:Senders:a:Hmac:Secrets:0=the-very-same-secret|Webhooks:Senders:b:Hmac:Secrets:0=the-very-same-secret", "a and b have the same secret" },
        { $"{Locked}|Webhooks:Senders:a:Hmac:ReplayWindow=5m", "Webhooks:Senders:a:Hmac:ReplayWindow must be a time such as 00:05:00" },
        { $"{Locked}|Webhooks:Senders:a:Hmac:ReplayWindow=300s", "Webhooks:Senders:a:Hmac:ReplayWindow must be a time such as 00:05:00" },
        { $"{Locked}|Webhooks:Senders:a:Hmac:ReplayWindow=five", "Webhooks:Senders:a:Hmac:ReplayWindow must be a time such as 00:05:00" },
        { $"{Locked}|Webhooks:Senders:a:Hmac:ReplayWindow=", "Webhooks:Senders:a:Hmac:ReplayWindow is set but empty" },
        { $"Webhooks:Senders:a:Tokens:0={Hash}|Webhooks:Senders:a:Hmac:Secrets=a-secret-of-its-own", "write Webhooks:Senders:a:Hmac:Secrets:0 (Webhooks__Senders__a__Hmac__Secrets__0)." },
        { $"Webhooks:Senders:a:Tokens:0={Hash}|Webhooks:Senders:a:Hmac:SecretFile=", "Webhooks:Senders:a:Hmac:SecretFile is set but empty" },
        { $"Webhooks:Senders:a:Tokens:0={Hash}|Webhooks:Senders:a:Hmac=a-secret-of-its-own", "Webhooks:Senders:a:Hmac is no setting by itself" },
        { $"Webhooks:Senders:a:Tokens:0={Hash}|Webhooks:Senders:a:TokenFile:0=/run/secret", "Webhooks:Senders:a:TokenFile:0 is no setting: Webhooks:Senders:a:TokenFile takes one value." },
        { $"Webhooks:Senders:a:Tokens:first={Hash}", "Webhooks:Senders:a:Tokens:first is no setting: Webhooks:Senders:a:Tokens takes numbers below it" },
        { $"Webhooks:Tokens={Hash}", "Webhooks:Tokens takes numbers below it: write Webhooks:Tokens:0 (Webhooks__Tokens__0)." },
        { "Webhooks:Tokens=", "Webhooks:Tokens is set but empty" },
        { "Webhooks:TokenFile=", "Webhooks:TokenFile is set but empty: give it a value, or remove it." },
        { $"Webhooks:Senders={Hash}", "Webhooks:Senders takes names below it" },
        { $"Webhooks:Token:0={Hash}", "Webhooks:Token is no setting: below Webhooks there are Tokens, TokenFile, Senders, " },
        { $"Webhook:Tokens:0={Hash}", "Webhook:Tokens is no setting: write Webhooks:Tokens." },
        { $"Apis:Tokens:a:Hash={Hash}", "Apis:Tokens is no setting: write Api:Tokens." },
        { string.Join('|', Enumerable.Range(0, 17).Select(static i => $"Webhooks:Senders:a:Hmac:Secrets:{i}=a-secret-of-its-own-{i}")), "at most 16" },
        { string.Join('|', Enumerable.Range(0, 17).Select(static i => $"Webhooks:Senders:s{i}:Hmac:Secrets:0=a-secret-of-its-own-{i}")), "give them tokens too" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_credential_stops_the_start_with_its_name_and_the_fix(string settings, string fault)
    {
        var faults = RunningWebFront.Faults(Split(settings)).ToList();

        Assert.Contains(faults, f => f.Contains(fault, StringComparison.Ordinal));
        Assert.DoesNotContain(faults, static f => f.Contains("secret-", StringComparison.Ordinal) || f.Contains("-secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2027-01-31")]
    [InlineData("2027-01-31T18:00Z")]
    [InlineData("2027-01-31T18:00:00Z")]
    public void A_date_or_time_in_UTC_may_end_a_token(string expires) => Assert.Empty(RunningWebFront.Faults(
        ("Api:Tokens:ann:Hash", Hash), ("Api:Tokens:ann:Scope", "act"), ("Api:Tokens:ann:Expires", expires)));

    /// <summary>A restart in the night after must not fail for it.</summary>
    [Fact]
    public void A_token_that_has_run_out_does_not_stop_the_start() => Assert.Empty(RunningWebFront.Faults(
        ("Api:Tokens:ann:Hash", Hash), ("Api:Tokens:ann:Scope", "act"), ("Api:Tokens:ann:Expires", "2020-01-01")));

    [Theory]
    [InlineData("Webhooks:Tokens:0=HASH")]
    [InlineData("Webhooks:Senders:prod:Tokens:0=HASH")]
    [InlineData("Api:Tokens:ann:Hash=HASH|Api:Tokens:ann:Scope=read")]
    public void With_credentials_for_one_half_it_may_listen_beyond_this_machine(string settings) =>
        Assert.Empty(RunningWebFront.Faults([.. Split(settings.Replace("HASH", Hash, StringComparison.Ordinal)), ("urls", "http://0.0.0.0:8080")]));

    [Theory]
    [InlineData("Webhooks:Tokens=junk")]
    [InlineData("Webhooks:TokenFile=")]
    [InlineData("Webhook:Tokens:0=HASH")]
    [InlineData("Api:Tokens:ann:Scope=read")]
    [InlineData("Webhooks:Senders:a:Hmac:ReplayWindow=5m|Webhooks:Senders:a:Hmac:Secrets:0=a-secret-of-its-own")]
    public void A_setting_that_yields_no_credential_guards_nothing(string settings) =>
        Assert.NotEmpty(RunningWebFront.Faults([.. Split(settings.Replace("HASH", Hash, StringComparison.Ordinal)), ("urls", "http://0.0.0.0:8080")]));

    private static (string, string)[] Split(string settings) =>
    [
        .. settings.Split('|').Select(static setting => setting.Split('=', 2)).Select(static pair => (pair[0], pair[1])),
    ];
}
