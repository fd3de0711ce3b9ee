using System.Net;
using System.Net.Sockets;
using Incidents.Grains.Slack;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>Slack that cannot be reached has nothing of ours.</summary>
public sealed class SlackUnreachableTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_nobody_listens_nothing_is_sent()
    {
        var reply = await Post($"http://127.0.0.1:{FreePort.Next()}/api/");

        Assert.Equal(new(SlackOutcome.NotSent, "ConnectionError: ConnectionRefused"), reply);
    }

    [Fact]
    public async Task Without_a_secure_connection_nothing_is_sent()
    {
        await using var slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);

        var reply = await Post($"https://127.0.0.1:{slack.ApiBaseUrl.Port}/api/");

        Assert.Equal(SlackOutcome.NotSent, reply.Outcome);
        Assert.StartsWith("SecureConnectionError", reply.Error, StringComparison.Ordinal);
        Assert.Empty(slack.Calls);
    }

    [Fact]
    public async Task To_a_name_that_does_not_exist_nothing_is_sent()
    {
        var reply = await Post("http://slack.invalid/api/");

        Assert.Equal(SlackOutcome.NotSent, reply.Outcome);
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_in_time_has_sent_nothing()
    {
        var clock = new FakeTimeProvider();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(); // the system takes the connection; nobody answers the handshake

        await using var slack = await FakeWorkspace.Start(clock, FakeLimits.None);
        using var calls = new SlackCalls(slack, clock, options => options.ApiBaseUrl = $"https://{silent.LocalEndpoint}/api/");
        var post = calls.Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);
        clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(new(SlackOutcome.NotSent, "no connection within 15 s"), await post);
    }

    [Fact]
    public async Task A_connection_that_ends_in_the_middle_of_an_answer_leaves_it_open_what_was_done()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var post = Post($"http://{listener.LocalEndpoint}/api/");
        using (var connection = await listener.AcceptTcpClientAsync(Cancel))
        {
            await connection.GetStream().ReadAtLeastAsync(new byte[64 * 1024], 100, cancellationToken: Cancel);
            await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":true"u8.ToArray(), Cancel);
        }

        Assert.Equal(SlackOutcome.Unsure, (await post).Outcome);
    }

    private static async Task<SlackReply> Post(string apiBaseUrl)
    {
        await using var slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        using var calls = new SlackCalls(slack, TimeProvider.System, options => options.ApiBaseUrl = apiBaseUrl);
        return await calls.Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);
    }
}
