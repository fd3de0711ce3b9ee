using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Tests.Hosting;

public sealed class RepeatedCallTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Exception> Passing =>
    [
        new OrleansException("no silo"),
        new TimeoutException("no answer"),
        new OperationCanceledException("Message expired before placement could complete for grain incident-key/9f6380f08e8cb58c."),
    ];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_passes_is_tried_again(Exception failure)
    {
        var answer = await RepeatedCall.Until(
            static _ => true,
            attempt => attempt == 1 ? throw failure : Task.FromResult(attempt),
            TimeProvider.System,
            Cancel);

        Assert.Equal(2, answer);
    }

    [Fact]
    public async Task A_bug_is_not_tried_again() => await Assert.ThrowsAsync<InvalidOperationException>(() => RepeatedCall.Until<int>(
        static _ => true,
        static attempt => attempt == 1 ? throw new InvalidOperationException() : Task.FromResult(attempt),
        TimeProvider.System,
        Cancel));

    [Fact]
    public async Task The_deadline_ends_it_whatever_the_silos_say()
    {
        using var deadline = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RepeatedCall.Until<int>(
            static _ => true,
            async _ =>
            {
                await deadline.CancelAsync();
                throw new OrleansException("no silo");
            },
            TimeProvider.System,
            deadline.Token));
    }
}
