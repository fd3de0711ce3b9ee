using Incidents.WebFront.Tests.Http;

namespace Incidents.WebFront.Tests.SignIn;

public sealed class SignInSettingTests
{
    private static readonly (string Key, string Value)[] Oidc = OidcAt("https://sign-in.example.com/realms/ops");

    private static readonly (string Key, string Value)[] Proxy =
        [("SignIn:Mode", "proxy"), ("SignIn:DefaultRole", "viewer"), ("Proxies:Networks:0", "10.0.0.7/32")];

    internal static (string Key, string Value)[] OidcAt(string authority) =>
    [
        ("SignIn:Mode", "oidc"), ("SignIn:Authority", authority), ("SignIn:ClientId", "incidents"),
        ("SignIn:ClientSecret", "a-secret-of-ours"), ("SignIn:DefaultRole", "viewer"), ("SignIn:KeysCertificateFile", KeysCertificate.Path),
    ];

    [Fact]
    public void Sound_settings_have_no_faults_and_guard_the_pages()
    {
        Assert.Empty(RunningWebFront.Faults([.. Oidc, ("urls", "http://0.0.0.0:8080")]));
        Assert.Empty(RunningWebFront.Faults([.. Proxy, ("urls", "http://0.0.0.0:8080")]));
    }

    [Theory]
    [InlineData("SignIn:Mode", "saml", "SignIn:Mode must be none, oidc or proxy.")]
    [InlineData("SignIn:Mode", "none", "SignIn:Mode must be oidc or proxy: without it the other settings of SignIn have no effect.")]
    [InlineData("SignIn:Authority", "http://sign-in.example.com", "SignIn:Authority must be the provider's address, with https://")]
    [InlineData("SignIn:Authority", "sign-in.example.com", "SignIn:Authority must be the provider's address, with https://")]
    [InlineData("SignIn:ClientId", null, "SignIn:ClientId must be set")]
    [InlineData("SignIn:ClientSecret", null, "SignIn:ClientSecretFile must name a file")]
    [InlineData("SignIn:ClientSecretFile", "/no/such/file", "SignIn:ClientSecretFile must name a file that can be read")]
    [InlineData("SignIn:KeysCertificateFile", null, "SignIn:KeysCertificateFile must be set, since what protects the cookies is kept in the database: openssl req ")]
    [InlineData("SignIn:KeysCertificateFile", "/no/such/file", "SignIn:KeysCertificateFile must name a file with a certificate and its key")]
    [InlineData("SignIn:FormerKeysCertificateFiles:0", "/no/such/file", "SignIn:FormerKeysCertificateFiles:0 must name a file")]
    [InlineData("SignIn:DefaultRole", "root", "SignIn:DefaultRole must be viewer, responder or admin.")]
    [InlineData("SignIn:DefaultRole", null, "SignIn:Roles:Admin:0 must name the group")]
    [InlineData("SignIn:SessionFor", "00:01:00", "SignIn:SessionFor must be between")]
    [InlineData("SignIn:Roles:Boss:0", "x", "SignIn:Roles:Boss is no setting: below SignIn:Roles there are Viewer, Responder, Admin.")]
    [InlineData("SignIm:Mode", "oidc", "SignIm:Mode is no setting: write SignIn:Mode.")]
    [InlineData("Proxies:Networks:0", "0.0.0.0/0", "Proxies:Networks:0 must be a network such as 10.0.0.7/32")]
    [InlineData("Proxies:Networks:0", "proxy.example.com", "Proxies:Networks:0 must be a network such as 10.0.0.7/32")]
    public void A_bad_setting_stops_the_start_with_its_name_and_the_fix(string key, string? value, string fault) => Has(fault, Oidc, key, value);

    [Theory]
    [InlineData("Proxies:Networks:0", null, "Proxies:Networks:0 must be the network of the proxy that signs people in")]
    [InlineData("SignIn:UserHeader", "X-Forwarded-Groups", "SignIn:UserHeader and SignIn:GroupsHeader must be two names")]
    public void So_does_one_of_a_proxy(string key, string? value, string fault) => Has(fault, Proxy, key, value);

    [Fact]
    public void A_certificate_must_be_able_to_encrypt() =>
        Has("SignIn:KeysCertificateFile must have an RSA key", Oidc, "SignIn:KeysCertificateFile", KeysCertificate.WithoutRsa());

    [Fact]
    public void A_proxy_without_anybody_to_sign_in_is_a_mistake() =>
        Has("Proxies:Networks needs SignIn:Mode or Api:Tokens", [], "Proxies:Networks:0", "10.0.0.7/32");

    private static void Has(string fault, (string Key, string Value)[] sound, string key, string? value)
    {
        var settings = sound.Where(one => one.Key != key).Concat(value is null ? [] : [(key, value)]).ToArray();

        var faults = RunningWebFront.Faults(settings).ToList();

        Assert.Contains(faults, said => said.StartsWith(fault, StringComparison.Ordinal));
        Assert.DoesNotContain(faults, static said => said.Contains("a-secret", StringComparison.Ordinal));
    }
}
