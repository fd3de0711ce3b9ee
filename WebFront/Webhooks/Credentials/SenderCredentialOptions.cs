namespace Incidents.WebFront.Webhooks.Credentials;

/// <summary>
/// Section <c>Webhooks:Senders:NAME</c>: by what a sender is known. Any one of its tokens and passwords will do. With
/// <c>Hmac</c> a valid signature is needed in any case, on top of a token or password where the sender has these: a
/// second lock that the first one's key opened would be none.
/// </summary>
internal sealed class SenderCredentialOptions
{
    /// <summary>Hashes of bearer tokens, each <c>sha256:</c> and 64 hex characters; several during a rotation, at most 16.</summary>
    public IList<string> Tokens { get; init; } = [];

    /// <summary>Or a file with one plain token a line.</summary>
    public string? TokenFile { get; set; }

    public BasicOptions Basic { get; init; } = new();

    public HmacOptions Hmac { get; init; } = new();
}

/// <summary>Section <c>Webhooks:Senders:NAME:Basic</c>: HTTP basic authentication (RFC 7617).</summary>
internal sealed class BasicOptions
{
    /// <summary>Without a colon.</summary>
    public string? Username { get; set; }

    /// <summary>Each <c>sha256:</c> and 64 hex characters. For passwords that a machine made: nothing slows the guessing
    /// of a short one.</summary>
    public IList<string> PasswordHashes { get; init; } = [];

    /// <summary>Or a file with one plain password a line.</summary>
    public string? PasswordFile { get; set; }
}

/// <summary>Section <c>Webhooks:Senders:NAME:Hmac</c>: HMAC-SHA256 as Grafana makes it (grafana/alerting
/// <c>http/hmac.go</c>, since 12.0).</summary>
internal sealed class HmacOptions
{
    public const string StandardHeader = "X-Grafana-Alerting-Signature";

    /// <summary>Plain, at least 16 characters: a hash could not verify. Several during a rotation, at most 16.</summary>
    public IList<string> Secrets { get; init; } = [];

    /// <summary>Or a file with one secret a line.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Holds the signature, 64 lower-case hex characters. Default: Grafana's own.</summary>
    public string Header { get; set; } = StandardHeader;

    /// <summary>When set, a timestamp (Unix seconds) is required and signed as well, and nothing is accepted twice.
    /// When not set, whoever once saw a delivery can send it again for ever.</summary>
    public string? TimestampHeader { get; set; }

    /// <summary>How far the timestamp may be from now, either way; 1 second to 1 hour. Default: 5 minutes.</summary>
    public TimeSpan ReplayWindow { get; set; } = TimeSpan.FromMinutes(5);

    public bool Any => Secrets.Count > 0 || !string.IsNullOrEmpty(SecretFile);
}
