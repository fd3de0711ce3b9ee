using System.Text;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Spool;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Tests.Spool;

/// <summary>A folder for a journal, not made yet.</summary>
internal sealed class JournalFolder : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("incidents-journal.");

    public string Parent => _parent.FullName;

    public string Folder => Path.Combine(Parent, "spool");

    public string File => Path.Combine(Folder, "journal.db");

    public static IncidentKey Key(string rule) => IncidentKey.Of(new(rule, "", "", "", ""));

    public static Arrival Arrival(string sender) => new(Guid.CreateVersion7(), WebhookSource.Grafana, sender, Noon, Noon);

    public static JournalEntry Entry(string sender, string body, string[]? waiting = null, string[]? done = null) => new(
        Arrival(sender), Encoding.UTF8.GetBytes(body), [.. (waiting ?? ["r1"]).Select(Key)], [.. (done ?? []).Select(Key)]);

    public static int Count(Journal journal)
    {
        var count = 0;
        journal.Index((_, _) => count++);
        return count;
    }

    public Journal Open() => new(JournalFile.Open(Folder, Noon, out _));

    public void Dispose() => _parent.Delete(recursive: true);
}
