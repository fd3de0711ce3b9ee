using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks.Credentials;

/// <summary>Stops the start when a sender's credential is unusable: a mistyped one must not silently leave the webhooks
/// shut, or open.</summary>
internal sealed class SendersValidator : IValidateOptions<WebhookOptions>
{
    private const int MaxSenders = 100;

    /// <summary>A signature alone is tried with all of these secrets, over a body that a stranger may have sent.</summary>
    private const int MaxTried = 16;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        List<string> problems = [];
        var senders = KnownSenders.Read(options, problems.Add);
        if (senders.Count > MaxSenders)
        {
            problems.Add($"Webhooks:Senders may have at most {MaxSenders} names.");
        }

        if (senders.Where(static sender => sender.SignsOnly).Sum(static sender => sender.Signing?.Secrets.Count ?? 0) > MaxTried)
        {
            problems.Add($"Webhooks:Senders may have at most {MaxTried} Hmac secrets of senders with nothing else: give them "
                + "tokens too, which tell them apart before the body is read.");
        }

        var owners = senders.SelectMany(static sender => sender.Secrets.Select(secret => (sender.Name, Hash: Convert.ToHexString(secret))));
        foreach (var shared in owners.Distinct().GroupBy(static owner => owner.Hash).Where(static owner => owner.Count() > 1))
        {
            problems.Add($"Webhooks:Senders:{string.Join(" and ", shared.Select(static owner => owner.Name))} have the same secret: "
                + "give each its own.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
