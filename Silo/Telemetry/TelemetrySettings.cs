namespace Incidents.Telemetry;

/// <summary>What a host tells, and to whom. Read while the host is built, since it decides what is put in at all.</summary>
/// <param name="Otlp">Metrics and traces go to a collector: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. The exporter reads
/// that and the further <c>OTEL_…</c> variables of the OpenTelemetry specification itself.</param>
/// <param name="Traces"><c>Telemetry:Traces</c>; not set means: if there is a collector. Off, no span is ever made and
/// grain calls carry nothing.</param>
internal sealed record TelemetrySettings(bool Otlp, bool Traces)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <exception cref="FormatException">Names the setting and the fix.</exception>
    public static TelemetrySettings Of(IConfiguration configuration)
    {
        var otlp = HasCollector(configuration[Endpoint]);
        return new(otlp, configuration.Switch("Telemetry:Traces") ?? otlp);
    }

    // Not the text: a URL may hold a password.
    private static bool HasCollector(string? endpoint) => !string.IsNullOrEmpty(endpoint)
        && (Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? true
            : throw new FormatException($"{Endpoint} must be the http or https URL of a collector, such as http://127.0.0.1:4317."));
}

internal static class SwitchSetting
{
    /// <summary>The one setting of its section. Null when it is not set.</summary>
    /// <exception cref="FormatException">It is neither true nor false, or something else is set beside it.</exception>
    public static bool? Switch(this IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(ConfigurationPath.GetParentPath(key)!);
        foreach (var other in section.GetChildren().Where(child => !child.Path.Equals(key, StringComparison.OrdinalIgnoreCase)))
        {
            throw new FormatException($"{other.Path} is no setting: below {section.Path} there is {ConfigurationPath.GetSectionKey(key)}.");
        }

        return configuration[key] switch
        {
            null or "" => null,
            var text => bool.TryParse(text, out var on) ? on : throw new FormatException($"{key} must be true or false."),
        };
    }
}
