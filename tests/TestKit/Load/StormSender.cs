using System.Net.Http.Headers;

namespace Incidents.TestKit.Load;

/// <summary>Whose credentials a request carries.</summary>
/// <param name="Authorization">Null: none.</param>
public sealed record StormSender(string Name, AuthenticationHeaderValue? Authorization = null);
