using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Credentials;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth;

/// <summary>Stops the start when an API token is unusable or not alone: a mistyped one must not silently leave the API
/// shut, or open.</summary>
internal sealed class ApiTokensValidator(IOptions<WebhookOptions> webhooks) : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> problems = [];
        var tokens = ApiTokens.Read(options, problems.Add);
        foreach (var same in tokens.GroupBy(static token => Convert.ToHexString(token.Hash)).Where(static same => same.Count() > 1))
        {
            problems.Add($"Api:Tokens:{string.Join(" and ", same.Select(static token => token.Name))} have the same token: "
                + "give each name its own.");
        }

        var sent = (KnownSenders.Sound(webhooks) ?? [])
            .SelectMany(static sender => sender.Secrets).Select(Convert.ToHexString).ToHashSet();
        problems.AddRange(tokens
            .Where(token => sent.Contains(Convert.ToHexString(token.Hash)))
            .Select(static token => $"Api:Tokens:{token.Name} has the secret of a webhook sender: make another; "
                + "each opens its own half."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
