namespace Incidents.WebFront.Webhooks;

/// <summary>The path that was posted to. It says who sent, for people; both paths read both bodies.</summary>
internal enum WebhookSource
{
    Grafana = 1,
    Alertmanager,
}

internal static class WebhookSourceText
{
    public static string Text(this WebhookSource source) => source switch
    {
        WebhookSource.Grafana => "grafana",
        WebhookSource.Alertmanager => "alertmanager",
    };
}
