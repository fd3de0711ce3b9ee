namespace Incidents.TestKit.FakeSlack;

/// <summary>What goes wrong with a call. By itself nothing is carried out, except by <see cref="Late"/>, which only
/// takes its time before it is.</summary>
public sealed record Fault
{
    /// <summary>The connection is cut instead of an answer.</summary>
    public static Fault Drop { get; } = new() { IsDropped = true };

    /// <summary>The call is carried out all the same: first, and the fault concerns the answer alone.</summary>
    public bool IsCarriedOut { get; init; }

    /// <summary>Time until anything happens, or, when carried out, until the answer.</summary>
    public TimeSpan Hold { get; init; }

    internal bool IsDropped { get; private init; }

    internal FakeAnswer? Instead { get; private init; }

    public static Fault Late(TimeSpan hold) => new() { Hold = hold };

    /// <summary>HTTP 200 and <c>ok:false</c>.</summary>
    public static Fault Error(string word) => new() { Instead = FakeAnswer.Error(word) };

    /// <summary>429, which does not count as gone over a limit.</summary>
    public static Fault RateLimited(TimeSpan retryAfter) => new() { Instead = FakeAnswer.RateLimited(retryAfter) };

    /// <summary>Such as 500 with a page of HTML.</summary>
    public static Fault Answer(int status, string body = "<html>Server Error</html>", string type = "text/html") =>
        new() { Instead = new(status, body, type) };
}
