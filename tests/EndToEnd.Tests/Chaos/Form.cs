namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>The long form of the scenarios, as <c>./chaos.sh</c> runs them, or the short one of <c>./test.sh</c>.</summary>
internal static class Form
{
    /// <summary>The one setting: <c>CHAOS_FULL=1</c>.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("CHAOS_FULL") == "1";

    /// <summary>How long a fault lasts.</summary>
    public static TimeSpan Lasts(int full, int brief) => TimeSpan.FromSeconds(IsFull ? full : brief);

    public static int Times(int full, int brief) => IsFull ? full : brief;

    /// <summary>In the short form deliveries are spooled sooner, so that short faults reach the spool too.</summary>
    public static (string Name, string Value)[] WebFront { get; } = IsFull ? [] : [("Spool:After", "00:00:04")];
}
