namespace Incidents.TestKit.FakeSlack;

/// <summary>Counts calls against <see cref="FakeLimits"/>, and those that went over.</summary>
internal sealed class Limiter(FakeLimits limits)
{
    private readonly Dictionary<string, Bucket> _channels = [];
    private readonly Dictionary<string, Window> _methods = [];
    private readonly Dictionary<string, int> _over = [];

    /// <summary>Calls of a method that were answered with 429 for being too many.</summary>
    public int Over(string method) => _over.GetValueOrDefault(method);

    /// <returns>How long to wait, when it is too much.</returns>
    public TimeSpan? Take(string method, string? channel, DateTimeOffset now)
    {
        var bucket = method is SlackMethods.Post or SlackMethods.Webhook ? Bucket(method, channel) : null;
        var window = Window(method);
        var wait = Max(bucket?.Wait(now), window?.Wait(now));
        if (wait is null)
        {
            bucket?.Take();
            window?.Take(now);
            return null;
        }

        _over[method] = Over(method) + 1;
        return wait;
    }

    private static TimeSpan? Max(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;

    private Bucket Bucket(string method, string? channel)
    {
        var name = $"{method} {channel}";
        return _channels.TryGetValue(name, out var bucket)
            ? bucket
            : _channels[name] = new(limits.PostBurst, limits.PostsPerSecond * limits.Scale);
    }

    private Window? Window(string method)
    {
        if (_methods.TryGetValue(method, out var window))
        {
            return window;
        }

        var most = method switch
        {
            SlackMethods.Post => limits.AllPostsPerMinute,
            SlackMethods.Update => limits.EditsPerMinute,
            SlackMethods.History or SlackMethods.Conversations => limits.ReadsPerMinute,
            SlackMethods.OpenView => limits.ViewsPerMinute,
            _ => 0,
        };
        return most == 0 ? null : _methods[method] = new(most, limits.Scale);
    }
}

/// <summary>So many at once after a pause, then so many a second.</summary>
internal sealed class Bucket(int burst, double perSecond)
{
    private double _left = burst;
    private DateTimeOffset _at;

    public TimeSpan? Wait(DateTimeOffset now)
    {
        _left = _at == default ? burst : Math.Min(burst, _left + ((now - _at).TotalSeconds * perSecond));
        _at = now;
        return _left >= 1 ? null : TimeSpan.FromSeconds((1 - _left) / perSecond);
    }

    public void Take() => _left--;
}

/// <summary>So many in any minute.</summary>
internal sealed class Window(int most, double scale)
{
    /// <summary>A second less: what was sent a minute apart may arrive closer together.</summary>
    private readonly TimeSpan _minute = TimeSpan.FromSeconds(59) / scale;

    private readonly Queue<DateTimeOffset> _taken = new();

    public TimeSpan? Wait(DateTimeOffset now)
    {
        while (_taken.TryPeek(out var first) && first <= now - _minute)
        {
            _taken.Dequeue();
        }

        return _taken.Count < most ? null : _taken.Peek() + _minute - now;
    }

    public void Take(DateTimeOffset now) => _taken.Enqueue(now);
}
