using System.Globalization;
using System.Runtime.InteropServices;
using Incidents.TestKit.Load;

namespace Incidents.TestKit;

/// <summary>What ledgers say of every alert, in 24 bytes each, to be struck off by the rows that are found.</summary>
public sealed class SentAlerts
{
    private readonly Dictionary<(string Run, long Body), (int First, int Count)> _bodies = [];
    private readonly List<Sent> _alerts = [];
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);

    public SentAlerts(params IEnumerable<LedgerFile> ledgers)
    {
        foreach (var ledger in ledgers)
        {
            _runs.Add(ledger.Plan.Run);
            foreach (var entry in ledger.Entries())
            {
                Add(ledger.Plan.Run, entry);
            }
        }
    }

    public int Count => _alerts.Count;

    /// <summary>Alerts that were answered 2xx and not rejected, as often as they were.</summary>
    public long Accepted { get; private set; }

    /// <summary>Of those, the ones that were answered as pending.</summary>
    public long Pending { get; private set; }

    /// <summary>Sent, but nobody knows whether stored.</summary>
    public long Open { get; private set; }

    /// <summary>The marks of those, each with as many rows as it must come to.</summary>
    internal Dictionary<string, int> PendingMarks()
    {
        var marks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var ((run, body), range) in _bodies)
        {
            for (var i = 0; i < range.Count; i++)
            {
                var sent = _alerts[range.First + i];
                if (sent.Accepted > sent.Named)
                {
                    marks.Add(GrafanaBody.Mark(run, body, i), sent.Accepted);
                }
            }
        }

        return marks;
    }

    /// <summary>Strikes off one row.</summary>
    /// <param name="isOurs">It carries the mark of one of the storms.</param>
    internal void Found(StoredPayload row, AuditFindings findings, out bool isOurs)
    {
        isOurs = Marked.TryParse(row.Mark, out var mark) && _runs.Contains(mark.Run);
        if (!isOurs)
        {
            return;
        }

        if (!_bodies.TryGetValue((mark.Run, mark.Body), out var body) || mark.Position >= body.Count)
        {
            findings.Add("stored alerts that were never sent", $"{row.Mark} (alert_id {row.AlertId})");
            return;
        }

        ref var sent = ref CollectionsMarshal.AsSpan(_alerts)[body.First + mark.Position];
        sent.Found++;
        sent.Incidents -= Digest.Of(row.IncidentId);
        if (sent.Digest != row.Element)
        {
            findings.Add("stored alerts whose raw_payload is not as sent", $"{row.Mark} (alert_id {row.AlertId})");
        }

        if (row.Position != mark.Position)
        {
            findings.Add("stored alerts whose position is not as sent", $"{row.Mark} (alert_id {row.AlertId})");
        }
    }

    /// <summary>When all rows were seen.</summary>
    internal void Finish(AuditFindings findings)
    {
        foreach (var ((run, body), range) in _bodies)
        {
            for (var i = 0; i < range.Count; i++)
            {
                Judge(_alerts[range.First + i], GrafanaBody.Mark(run, body, i), findings);
            }
        }
    }

    private static void Judge(Sent sent, string mark, AuditFindings findings)
    {
        if (sent.Found < sent.Accepted)
        {
            findings.Add("accepted alerts that are not stored", $"{mark} ({sent.Accepted} times accepted, {sent.Found} rows)");
        }
        else if (sent.Found > sent.Accepted + sent.Open)
        {
            var what = sent.Accepted + sent.Open == 0 ? "refused alerts that are stored" : "alerts that are stored more often than sent";
            findings.Add(what, $"{mark} ({sent.Accepted + sent.Open} times sent, {sent.Found} rows)");
        }
        else if (sent.Found == sent.Named && sent.Incidents != 0)
        {
            findings.Add("alerts that are in another incident than was answered", mark);
        }

        if (sent.Unnamed > 0)
        {
            findings.Add("alerts that a 2xx answer does not name", mark);
        }
    }

    private void Add(string run, LedgerEntry entry)
    {
        if (!_bodies.TryGetValue((run, entry.Body), out var range))
        {
            range = (_alerts.Count, entry.Digests.Count);
            _bodies.Add((run, entry.Body), range);
            _alerts.AddRange(entry.Digests.Select(static digest => new Sent { Digest = digest }));
        }

        for (var i = 0; i < range.Count; i++)
        {
            Note(ref CollectionsMarshal.AsSpan(_alerts)[range.First + i], entry, entry.Fates[i]);
        }
    }

    private void Note(ref Sent sent, LedgerEntry entry, string? fate)
    {
        switch (fate)
        {
            case WebhookReply.Rejected:
                break;
            case null when entry.IsAccepted:
                sent.Unnamed++;
                sent.Open++;
                break;
            case null:
                sent.Open += (byte)(entry.IsRefusedForGood ? 0 : 1);
                Open += entry.IsRefusedForGood ? 0 : 1;
                break;
            case WebhookReply.Pending:
                sent.Accepted++;
                Accepted++;
                Pending++;
                break;
            default:
                sent.Accepted++;
                sent.Named++;
                sent.Incidents += Digest.Of(fate);
                Accepted++;
                break;
        }
    }

    /// <summary>Incidents is the sum of the ids that answers named, less those in whose rows it was found.</summary>
    private record struct Sent
    {
        public ulong Digest;
        public ulong Incidents;
        public byte Accepted;
        public byte Named;
        public byte Open;
        public byte Unnamed;
        public ushort Found;
    }

    /// <summary>A mark, read back.</summary>
    private readonly record struct Marked(string Run, long Body, int Position)
    {
        public static bool TryParse(string? mark, out Marked marked)
        {
            var parts = mark?.Split('-') ?? [];
            marked = parts.Length == 3
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var body)
                && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                    ? new(parts[0], body, position)
                    : default;
            return marked.Run is not null;
        }
    }
}
