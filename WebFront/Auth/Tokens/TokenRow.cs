namespace Incidents.WebFront.Auth.Tokens;

/// <summary>An API token that somebody made on the page, as it is shown to them; what opens the API is kept nowhere.</summary>
public sealed record TokenRow(string Name, Scope Scope, DateTime CreatedAt, string CreatedBy, DateTime ExpiresAt);
