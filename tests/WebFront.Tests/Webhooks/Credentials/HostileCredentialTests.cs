using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Credentials;

namespace Incidents.WebFront.Tests.Webhooks.Credentials;

public sealed class HostileCredentialTests
{
    private const string Token = "a-token-long-enough";
    private const string Password = "a-pass-word-of-length";

    [Theory]
    [InlineData("1e9")]
    [InlineData("-1")]
    [InlineData("+1795140962")]
    [InlineData("1795140962.0")]
    [InlineData(" 1795140962")]
    [InlineData("1795140962 ")]
    [InlineData("0x6AFFAE22")]
    [InlineData("９９")]
    [InlineData("99999999999999999999999")]
    [InlineData("9223372036854775808")]
    [InlineData("2026-11-20T02:16:02Z")]
    [InlineData("")]
    public void A_timestamp_that_is_no_whole_number_of_seconds_is_told_so(string timestamp)
    {
        var gate = new Gate(("stamped", Gate.Signing()));

        Assert.Equal(AdmissionReason.TimestampMalformed, gate.Enter(Signed.Headers(Gate.Body, timestamp)).Reason);
    }

    [Theory]
    [InlineData("0", nameof(AdmissionReason.TimestampTooOld))]
    [InlineData("999999999999", nameof(AdmissionReason.TimestampAhead))]
    public void The_ends_of_time_overflow_nothing(string timestamp, string reason)
    {
        var gate = new Gate(("stamped", Gate.Signing()));

        Assert.Equal(reason, gate.Enter(Signed.Headers(Gate.Body, timestamp)).Reason.ToString());
    }

    [Fact]
    public void A_signature_in_another_form_is_refused_before_the_body_is_read()
    {
        var gate = new Gate(("unstamped", Gate.Signing(timestamp: false)));
        var right = Signed.Of(Gate.Body);
        string[] forms = ["", " ", right.ToUpperInvariant(), $"sha256={right}", $" {right}", right[..63], $"{right}0", $"{right[..63]}g", new('é', 64)];

        Assert.All(forms, form => Assert.Equal(
            AdmissionReason.SignatureMalformed, gate.Knock((HmacOptions.StandardHeader, form)).Reason));
        Assert.Equal(AdmissionReason.SignatureMalformed,
            gate.Knock((HmacOptions.StandardHeader, right), (HmacOptions.StandardHeader, right)).Reason);
        Assert.Equal(AdmissionReason.SignaturePending, gate.Knock((HmacOptions.StandardHeader, right)).Reason);
    }

    [Fact]
    public void Several_timestamps_are_none()
    {
        var gate = new Gate(("stamped", Gate.Signing()));

        var admission = gate.Enter([.. Signed.Headers(Gate.Body, gate.Now), (Signed.TimestampHeader, gate.Now)]);

        Assert.Equal(AdmissionReason.TimestampMalformed, admission.Reason);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YQ")]
    [InlineData("Basic YTo=, Basic YTo=")]
    [InlineData("Basic /////w==")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic Og==")]
    [InlineData("Bearer")]
    [InlineData("Bearer  ")]
    [InlineData("Bearer \u0000\u0430\u043F\u043A")]
    [InlineData("bearer:a-token-long-enough")]
    [InlineData("a-token-long-enough")]
    [InlineData("")]
    public void An_Authorization_that_is_not_whole_is_wrong_and_no_error(string authorization)
    {
        var gate = new Gate(
            ("bearer", new() { Tokens = [Http.RunningWebFront.HashOf(Token)] }),
            ("basic", new() { Basic = new() { Username = "grafana", PasswordHashes = [Http.RunningWebFront.HashOf(Password)] } }));

        Assert.Equal(AdmissionReason.WrongCredential, gate.Knock(("Authorization", authorization)).Reason);
    }

    [Fact]
    public void Two_Authorizations_are_none_though_one_is_right()
    {
        var gate = new Gate(("bearer", new() { Tokens = [Http.RunningWebFront.HashOf(Token)] }));

        var admission = gate.Knock(("Authorization", $"Bearer {Token}"), ("Authorization", "Bearer x"));

        Assert.Equal(AdmissionReason.WrongCredential, admission.Reason);
    }

    [Theory]
    [InlineData("grafana:")]
    [InlineData(":a-pass-word-of-length")]
    [InlineData("Grafana:a-pass-word-of-length")]
    [InlineData("grafana:a-pass-word-of-length ")]
    [InlineData("grafana:grafana:a-pass-word-of-length")]
    public void A_login_is_right_as_a_whole_or_wrong(string login)
    {
        var gate = new Gate(("basic", new() { Basic = new() { Username = "grafana", PasswordHashes = [Http.RunningWebFront.HashOf(Password)] } }));

        Assert.Equal(AdmissionReason.WrongCredential, gate.Knock(Gate.Basic(login)).Reason);
        Assert.Equal(AdmissionReason.Admitted, gate.Knock(Gate.Basic($"grafana:{Password}")).Reason);
    }

    [Fact]
    public void Every_refusal_has_a_text_a_status_and_names_nobody() => Assert.All(Enum.GetValues<AdmissionReason>(), static reason =>
    {
        Assert.Matches("^[a-z_]+$", reason.Text());
        Assert.True(reason.Message().Length < 200);
        Assert.True(reason.Status() is 200 or 401 or 403 or 415 or 503);
        Assert.Equal(reason.Status() == 200, reason.Message().Length == 0);
        Assert.Equal(new Admission(reason, null).IsRefused, reason.Status() != 200);
    });
}
