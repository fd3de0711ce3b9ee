using System.Security.Cryptography;
using System.Text;
using Incidents.WebFront.Webhooks;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth;

/// <summary>The tokens that open the webhooks, as hashes: what is not kept cannot leak. Hosted, so that the token file
/// is read at the start and not with the first webhook.</summary>
internal sealed class WebhookCredentials(IOptions<WebhookOptions> options) : IHostedService
{
    private readonly byte[][] _hashes = [.. TokenHashes.Read(options.Value, static _ => { })];

    /// <summary>Without any, webhooks are open to this machine only.</summary>
    public bool Any => _hashes.Length > 0;

    /// <summary>Takes the same time whichever token matches, or none.</summary>
    public bool Admit(HttpRequest request)
    {
        if (BearerToken(request) is not { } token)
        {
            return false;
        }

        var presented = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        var admitted = false;
        foreach (var hash in _hashes)
        {
            admitted |= CryptographicOperations.FixedTimeEquals(presented, hash);
        }

        return admitted;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string? BearerToken(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        return request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;
    }
}
