using Incidents.TestKit;
using Incidents.WebFront.Slack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Incidents.WebFront.Tests.Slack;

public sealed class PressesUnderWayTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task So_many_at_once_and_the_next_is_told()
    {
        using var presses = Presses(most: 2);

        Assert.True(presses.TryBegin(new SlackPress.Ignored()));
        Assert.True(presses.TryBegin(new SlackPress.Ignored()));
        Assert.False(presses.TryBegin(new SlackPress.Ignored()));

        _open.SetResult();
        await Within.Deadline("a press that ends makes room", () => Task.FromResult(presses.TryBegin(new SlackPress.Ignored())));
    }

    [Fact]
    public async Task A_stop_waits_for_what_was_begun_and_begins_nothing_more()
    {
        using var presses = Presses(most: 10);
        presses.TryBegin(new SlackPress.Ignored());
        await Within.Deadline("it is begun", _begun.Task);

        var stop = presses.StopAsync(TestContext.Current.CancellationToken);

        Assert.False(stop.IsCompleted);
        Assert.False(presses.TryBegin(new SlackPress.Ignored()));
        _open.SetResult();
        await Within.Deadline("the stop ends with the press", stop);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_ever()
    {
        using var presses = Presses(most: 10);
        presses.TryBegin(new SlackPress.Ignored());
        await Within.Deadline("it is begun", _begun.Task);

        var stop = presses.StopAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(26));

        await Within.Deadline("the press is given up", stop);
    }

    [Fact]
    public async Task A_press_that_fails_takes_nothing_with_it()
    {
        using var presses = new PressesUnderWay(
            static (_, _) => throw new InvalidOperationException("a bug"), 1, _clock, NullLogger<PressesUnderWay>.Instance);

        Assert.True(presses.TryBegin(new SlackPress.Ignored()));
        await Within.Deadline("it is over", () => Task.FromResult(presses.TryBegin(new SlackPress.Ignored())));
    }

    private PressesUnderWay Presses(int most) => new(
        (_, cancel) =>
        {
            _begun.TrySetResult();
            return _open.Task.WaitAsync(cancel);
        },
        most,
        _clock,
        NullLogger<PressesUnderWay>.Instance);
}
