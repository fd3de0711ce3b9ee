namespace Incidents.WebFront.Demo;

/// <summary>One alert rule and how its instances behave. A story speaks once a round; a round is one step per story.</summary>
/// <param name="Life">Rounds from the first firing webhook to the resolved one; 0 never resolves.</param>
/// <param name="Rest">Rounds of silence after it resolved.</param>
/// <param name="Instances">How many instances fire; each ends one round before the one that precedes it.</param>
internal sealed record DemoStory(
    string RuleUid, string AlertName, string Severity, string Cluster, string Namespace, string Service, string Phase,
    string Summary, double Threshold, int Life, int Rest = 2, int Instances = 1)
{
    /// <summary>Comes from a Prometheus Alertmanager rather than from Grafana.</summary>
    public bool FromAlertmanager { get; init; }

    public static readonly IReadOnlyList<DemoStory> All =
    [
        new("dem0checkout5xx", "CheckoutErrorRate", "critical", "prod-eu-1", "shop", "checkout", "production",
            "More than 5 % of checkouts fail", 5, Life: 6),
        new("dem0checkoutlat", "CheckoutLatencyP99", "warning", "prod-eu-1", "shop", "checkout", "production",
            "Checkout takes longer than 2 s", 2, Life: 3),
        new("dem0paydeclined", "PaymentDeclineRate", "critical", "prod-us-1", "payments", "payment-gateway", "production",
            "Card payments are declined more often than usual", 12, Life: 8, Rest: 4),
        new("dem0searchlat", "SearchLatencyP95", "warning", "prod-us-1", "catalog", "search", "production",
            "Search answers slower than 800 ms", 800, Life: 4),
        new("dem0crashloop", "PodCrashLooping", "error", "staging-eu-1", "shop", "inventory", "staging",
            "A pod restarts again and again", 3, Life: 5, Instances: 2),
        new("dem0nodecpu", "NodeCPUHigh", "warning", "prod-us-1", "kube-system", "node-exporter", "production",
            "CPU above 90 %", 90, Life: 6, Instances: 4),
        new("dem0kafkalag", "ConsumerLagHigh", "error", "prod-eu-1", "data", "order-events", "production",
            "Consumers are more than 10,000 messages behind", 10_000, Life: 5),
        new("dem0mailqueue", "MailQueueGrowing", "info", "prod-eu-1", "notify", "mailer", "production",
            "Mail waits longer than usual", 500, Life: 2),
        new("dem0thumbnails", "ThumbnailWorkerOOM", "error", "prod-us-1", "media", "thumbnailer", "production",
            "Workers run out of memory", 1, Life: 3, Rest: 1, Instances: 12),
        new("dem0replication", "ReplicaLagging", "critical", "prod-eu-1", "data", "orders-db", "production",
            "The replica is more than 30 s behind", 30, Life: 4, Rest: 6),
        new("dem0certexpiry", "CertificateExpiresSoon", "info", "prod-us-1", "edge", "ingress", "production",
            "The certificate expires within 14 days", 14, Life: 0),
        new("dem0instancedown", "InstanceDown", "critical", "onprem-1", "monitoring", "node", "production",
            "The instance does not answer", 0, Life: 4, Instances: 2) { FromAlertmanager = true },
    ];
}
