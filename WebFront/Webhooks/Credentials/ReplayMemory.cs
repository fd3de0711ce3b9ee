namespace Incidents.WebFront.Webhooks.Credentials;

/// <summary>
/// The signatures of one sender that were accepted inside the replay window, so that none is accepted twice. In this
/// process only: several WebFronts remember each their own. When it is full, the oldest is forgotten and nothing as
/// old as that is accepted any more: the window shortens, and still nothing passes twice. Only a holder of the secret
/// can fill it, with timestamps of its own, so each sender has its own.
/// </summary>
internal sealed class ReplayMemory(TimeSpan window, int most)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _oldestFirst = new();
    private long _floor = long.MinValue;

    /// <summary>To be asked once the signature is known to be right. <see cref="AdmissionReason.Admitted"/> must be
    /// followed by <see cref="End"/>.</summary>
    /// <param name="seconds">The signed timestamp.</param>
    public AdmissionReason Begin(string signature, long seconds, DateTimeOffset now)
    {
        lock (_lock)
        {
            // What has left the window while its body was on the way may be forgotten already.
            var oldest = Math.Max(Oldest(now), _floor + 1);
            while (_oldestFirst.TryPeek(out var first, out var at) && at < oldest)
            {
                _accepted.Remove(first);
                _oldestFirst.Dequeue();
            }

            return seconds < oldest ? AdmissionReason.TimestampTooOld
                : _accepted.Contains(signature) ? AdmissionReason.Replayed
                : _underWay.Add(signature) ? AdmissionReason.Admitted
                : AdmissionReason.UnderWay;
        }
    }

    /// <param name="accepted">The sender heard 2xx. Otherwise it may send the very same request again.</param>
    public void End(string signature, long seconds, bool accepted)
    {
        lock (_lock)
        {
            _underWay.Remove(signature);
            if (accepted && _accepted.Add(signature))
            {
                _oldestFirst.Enqueue(signature, seconds);
                if (_accepted.Count > most && _oldestFirst.TryDequeue(out var oldest, out var at))
                {
                    _accepted.Remove(oldest);
                    _floor = Math.Max(_floor, at);
                }
            }
        }
    }

    private long Oldest(DateTimeOffset now) => (now - window).ToUnixTimeSeconds();
}
