namespace Incidents.Grains.Hosting;

/// <summary>The process cannot start and an administrator can change that. The message is one line that names the
/// setting, without secrets; it goes to stderr as it is.</summary>
internal sealed class StartupFailure(string message) : Exception(message);
