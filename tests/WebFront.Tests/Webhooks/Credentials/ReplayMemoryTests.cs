using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Credentials;

namespace Incidents.WebFront.Tests.Webhooks.Credentials;

public sealed class ReplayMemoryTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_000_000);

    [Fact]
    public void A_full_memory_forgets_the_oldest_and_accepts_nothing_as_old_any_more()
    {
        var memory = new ReplayMemory(TimeSpan.FromSeconds(300), most: 3);
        foreach (var seconds in new[] { 10, 20, 30, 40 })
        {
            Accept(memory, seconds);
        }

        Assert.Equal(AdmissionReason.TimestampTooOld, memory.Begin("10", At(10), Now)); // forgotten, and refused all the same
        Assert.Equal(AdmissionReason.TimestampTooOld, memory.Begin("another", At(10), Now));
        Assert.Equal(AdmissionReason.Replayed, memory.Begin("20", At(20), Now));
        Assert.Equal(AdmissionReason.Admitted, memory.Begin("another", At(11), Now));
    }

    [Fact]
    public void What_leaves_the_window_makes_room()
    {
        var memory = new ReplayMemory(TimeSpan.FromSeconds(300), most: 2);
        Accept(memory, -300);
        Accept(memory, -299);

        Assert.Equal(AdmissionReason.Admitted, memory.Begin("later", At(1), Now.AddSeconds(2)));
        memory.End("later", At(1), accepted: true);
        Accept(memory, 2);

        Assert.Equal(AdmissionReason.Replayed, memory.Begin("later", At(1), Now.AddSeconds(2)));
        Assert.Equal(AdmissionReason.Admitted, memory.Begin("slow", At(0), Now.AddSeconds(2)));
    }

    /// <summary>The headers were in the window; the body took its time.</summary>
    [Fact]
    public void What_left_the_window_while_its_body_came_is_too_old()
    {
        var memory = new ReplayMemory(TimeSpan.FromSeconds(300), most: 2);
        Accept(memory, -300);

        Assert.Equal(AdmissionReason.TimestampTooOld, memory.Begin("-300", At(-300), Now.AddSeconds(1)));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_admitted()
    {
        var memory = new ReplayMemory(TimeSpan.FromSeconds(300), most: 100);

        var reasons = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => memory.Begin("same", At(0), Now))));

        Assert.Single(reasons, AdmissionReason.Admitted);
        Assert.Equal(63, reasons.Count(static reason => reason == AdmissionReason.UnderWay));
    }

    private static long At(int seconds) => Now.ToUnixTimeSeconds() + seconds;

    private static void Accept(ReplayMemory memory, int seconds)
    {
        Assert.Equal(AdmissionReason.Admitted, memory.Begin($"{seconds}", At(seconds), Now));
        memory.End($"{seconds}", At(seconds), accepted: true);
    }
}
