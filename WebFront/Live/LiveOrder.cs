using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Live;

/// <summary>Notices that batches are missing: by their numbers, by the epoch of the grain that gave them, and, for the last
/// ones, by what the grain said at the renewal before.</summary>
internal sealed class LiveOrder
{
    private readonly Lock _lock = new();
    private LiveStanding _heard;
    private LiveStanding _promised;
    private LiveGap? _gap;
    private DateTimeOffset? _missedSince;

    public void Hear(LiveBatch batch)
    {
        lock (_lock)
        {
            var (epoch, number) = (batch.Standing.Epoch, batch.Standing.Sequence);
            if (epoch != _heard.Epoch)
            {
                Miss(LiveGap.Epoch, null);
                _heard = batch.Standing;
            }
            else if (number > _heard.Sequence)
            {
                if (number > _heard.Sequence + 1)
                {
                    Miss(LiveGap.Number, null);
                }

                _heard = batch.Standing;
            }

            if (batch.MissedSince is { } since)
            {
                Miss(LiveGap.LeftOut, since);
            }
        }
    }

    /// <param name="standing">What was published by now, all of which should be heard by the next time; null when the grain
    /// did not take us in.</param>
    public void Renewed(LiveStanding? standing)
    {
        lock (_lock)
        {
            if (standing is not { } now)
            {
                Miss(LiveGap.Away, null);
                return;
            }

            if (now.Epoch != _heard.Epoch)
            {
                Miss(LiveGap.Epoch, null);
                _heard = now;
            }
            else if (_promised.Epoch == _heard.Epoch && _promised.Sequence > _heard.Sequence)
            {
                Miss(LiveGap.Number, null);
                _heard = _promised;
            }

            _promised = now;
        }
    }

    /// <param name="missedSince">When the oldest of what is missing was decided; null when that is not known.</param>
    public LiveGap? TakeGap(out DateTimeOffset? missedSince)
    {
        lock (_lock)
        {
            (var gap, missedSince) = (_gap, _missedSince);
            (_gap, _missedSince) = (null, null);
            return gap;
        }
    }

    /// <summary>What was missing still is.</summary>
    public void Again(LiveGap? gap, DateTimeOffset? missedSince)
    {
        lock (_lock)
        {
            if (gap is { } why)
            {
                Miss(why, missedSince);
            }
        }
    }

    private void Miss(LiveGap why, DateTimeOffset? since)
    {
        _missedSince = _gap is null ? since : _missedSince is { } known && since < known ? since : since is null ? null : _missedSince;
        _gap ??= why;
    }
}

/// <summary>Why something may be missing.</summary>
internal enum LiveGap
{
    /// <summary>Another activation of the grain.</summary>
    Epoch = 1,

    /// <summary>A batch did not arrive.</summary>
    Number,

    /// <summary>A silo had more to say than it could, or nobody to say it to.</summary>
    LeftOut,

    /// <summary>The grain could not be reached.</summary>
    Away,
}
