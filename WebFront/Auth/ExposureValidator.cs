using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth;

/// <summary>Stops the start when the network could reach a service that nothing guards. With credentials for one half,
/// the other stays for this machine only, request by request.</summary>
internal sealed class ExposureValidator(IConfiguration configuration) : IValidateOptions<ApiOptions>
{
    private static readonly string[] Credentials = ["Webhooks:TokenFile", "Webhooks:Tokens", "Webhooks:Senders", "Api:Tokens"];

    private bool ForwardedHeaders => string.Equals(
        configuration["FORWARDEDHEADERS_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);

    private bool Guarded => Credentials.Select(configuration.GetSection).Any(static section =>
        !string.IsNullOrEmpty(section.Value) || section.GetChildren().Any());

    public ValidateOptionsResult Validate(string? name, ApiOptions options) => ForwardedHeaders
        ? ValidateOptionsResult.Fail(
            "FORWARDEDHEADERS_ENABLED must not be set: it takes a caller's word for where the call comes from, and what has "
            + "no credentials is for this machine only.")
        : Guarded || ListenUrls.Of(configuration).All(ListenUrls.IsLoopback)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Listening beyond this machine needs credentials: set Webhooks:TokenFile or Webhooks:Tokens or Webhooks:Senders "
                + $"for webhooks, Api:Tokens for the API, or listen on {ListenUrls.Standard}.");
}
