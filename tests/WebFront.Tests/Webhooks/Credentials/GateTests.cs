using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Credentials;

namespace Incidents.WebFront.Tests.Webhooks.Credentials;

public sealed class GateTests
{
    private const string Token = "a-token-long-enough";
    private const string Password = "a-pass-word-of-length";

    [Fact]
    public void Each_kind_of_credential_says_whose_it_is()
    {
        var gate = new Gate(
            ("bearer", new() { Tokens = [Http.RunningWebFront.HashOf("another-token-altogether"), Http.RunningWebFront.HashOf(Token)] }),
            ("basic", new() { Basic = new() { Username = "grafäna", PasswordHashes = [Http.RunningWebFront.HashOf(Password)] } }),
            ("stamped", Gate.Signing()),
            ("unstamped", Gate.Signing("another-signing-key", timestamp: false)));

        Assert.Equal(("bearer", AdmissionReason.Admitted), Said(gate.Enter(("Authorization", $"bearer {Token}"))));
        Assert.Equal(("basic", AdmissionReason.Admitted), Said(gate.Enter(Gate.Basic($"grafäna:{Password}"))));
        Assert.Equal(("stamped", AdmissionReason.Admitted), Said(gate.Enter(Signed.Headers(Gate.Body, gate.Now))));
        Assert.Equal(("unstamped", AdmissionReason.Admitted), Said(gate.Enter(Signed.Headers(Gate.Body, null, "another-signing-key"))));
    }

    [Fact]
    public void The_short_form_is_the_sender_named_default()
    {
        var gate = new Gate(new WebhookOptions { Tokens = [Http.RunningWebFront.HashOf(Token)] });

        Assert.Equal(("default", AdmissionReason.Admitted), Said(gate.Enter(("Authorization", $"Bearer {Token}"))));
    }

    [Fact]
    public void A_sender_with_a_token_and_a_signature_needs_both()
    {
        var gate = new Gate(("both", Gate.Signing(token: Token)));
        var authorization = ("Authorization", $"Bearer {Token}");
        var signed = Signed.Headers(Gate.Body, gate.Now);

        Assert.Equal(("both", AdmissionReason.SignatureMissing), Said(gate.Enter(authorization)));
        Assert.Equal((null, AdmissionReason.NoCredential), Said(gate.Enter(signed)));
        Assert.Equal((null, AdmissionReason.WrongCredential), Said(gate.Enter([("Authorization", "Bearer wrong"), .. signed])));
        Assert.Equal(("both", AdmissionReason.SignatureMismatch), Said(gate.Enter("changed", [authorization, .. signed])));
        Assert.Equal(("both", AdmissionReason.Admitted), Said(gate.Enter([authorization, .. signed])));
    }

    [Fact]
    public void Where_a_timestamp_is_required_a_signature_of_the_body_alone_is_none()
    {
        var gate = new Gate(("stamped", Gate.Signing()));
        var bodyOnly = Signed.Headers(Gate.Body);

        Assert.Equal(AdmissionReason.TimestampMissing, gate.Enter(bodyOnly).Reason);
        Assert.Equal(AdmissionReason.SignatureMismatch, gate.Enter([.. bodyOnly, (Signed.TimestampHeader, gate.Now)]).Reason);
    }

    [Fact]
    public void During_a_rotation_the_old_and_the_new_secret_are_right()
    {
        var sender = new SenderCredentialOptions { Hmac = new() { Secrets = ["the-old-signing-key", "the-new-signing-key"] } };
        var gate = new Gate(("rotating", sender));

        Assert.Equal(AdmissionReason.Admitted, gate.Enter(Signed.Headers(Gate.Body, null, "the-old-signing-key")).Reason);
        Assert.Equal(AdmissionReason.Admitted, gate.Enter(Signed.Headers(Gate.Body, null, "the-new-signing-key")).Reason);
    }

    [Theory]
    [InlineData(-301, nameof(AdmissionReason.TimestampTooOld))]
    [InlineData(-300, nameof(AdmissionReason.Admitted))]
    [InlineData(300, nameof(AdmissionReason.Admitted))]
    [InlineData(301, nameof(AdmissionReason.TimestampAhead))]
    public void The_window_is_open_five_minutes_either_way(int seconds, string reason)
    {
        var gate = new Gate(("stamped", Gate.Signing()));
        var timestamp = Signed.Unix(gate.Clock.GetUtcNow().AddSeconds(seconds));

        Assert.Equal(reason, gate.Enter(Signed.Headers(Gate.Body, timestamp)).Reason.ToString());
    }

    [Fact]
    public void What_was_accepted_is_not_accepted_again_until_it_is_too_old_anyway()
    {
        var gate = new Gate(("stamped", Gate.Signing()));
        var headers = Signed.Headers(Gate.Body, gate.Now);
        gate.Enter(headers).End(accepted: true);

        Assert.Equal(("stamped", AdmissionReason.Replayed), Said(gate.Enter(headers)));
        gate.Clock.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal(AdmissionReason.Replayed, gate.Enter(headers).Reason);
        gate.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AdmissionReason.TimestampTooOld, gate.Enter(headers).Reason);
    }

    [Fact]
    public void What_was_not_accepted_may_come_again_and_what_is_under_way_must_wait()
    {
        var gate = new Gate(("stamped", Gate.Signing()));
        var headers = Signed.Headers(Gate.Body, gate.Now);

        var first = gate.Enter(headers);
        Assert.Equal(AdmissionReason.UnderWay, gate.Enter(headers).Reason);
        first.End(accepted: false);

        Assert.Equal(AdmissionReason.Admitted, gate.Enter(headers).Reason);
    }

    [Fact]
    public void A_signature_without_a_timestamp_is_not_remembered()
    {
        var gate = new Gate(("unstamped", Gate.Signing(timestamp: false)));
        gate.Enter(Signed.Headers(Gate.Body)).End(accepted: true);

        Assert.Equal(AdmissionReason.Admitted, gate.Enter(Signed.Headers(Gate.Body)).Reason);
    }

    private static (string? Sender, AdmissionReason Reason) Said(Admission admission) => (admission.Sender, admission.Reason);
}
