using System.Net;
using System.Net.Sockets;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests;

[Collection(RunScript.OneAtATime)]
public sealed class RunRefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unknown option '--frobnicate'", "--frobnicate")]
    [InlineData("--port takes a number from 1 to 65535, not '0'", "--port", "0")]
    [InlineData("--port takes a number from 1 to 65535, not '8080x'", "--port=8080x")]
    [InlineData("--silos takes a number from 1 to 16, not '17'", "--silos", "17")]
    [InlineData("--silos needs a value", "--silos")]
    [InlineData("--data needs a folder", "--data=")]
    public async Task A_bad_option_is_named_and_starts_nothing(string message, params string[] options)
    {
        using var data = new DataFolder();
        await using var run = RunScript.Start(["--data", data.Path, .. options]);

        Assert.Equal(2, await run.Ended(Cancel));
        Assert.Equal($"run.sh: {message}", run.Errors[0]);
        Assert.False(data.Exists);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_starts_nothing()
    {
        using var data = new DataFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var run = RunScript.Start(["--data", data.Path, "--port", $"{port}"]);

        Assert.Equal(1, await run.Ended(Cancel));
        Assert.StartsWith($"run.sh: port {port} is in use", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.False(data.Exists);
    }

    [Fact]
    public async Task A_wrong_password_is_one_line_without_it_and_leaves_nobody_running()
    {
        using var data = new DataFolder();
        await using var run = RunScript.Start(
            ["--data", data.Path, "--port", $"{FreePort.Next()}"],
            $"Server=127.0.0.1;Port={TestDatabase.ServerPort};Database=incidents_test_x;User ID=incidents_test;Password=not-the-password;SslMode=None");

        Assert.Equal(1, await run.Ended(Cancel));
        var line = Assert.Single(run.Errors);
        Assert.StartsWith("run.sh: the schema could not be applied: ", line, StringComparison.Ordinal);
        Assert.Contains("wrong User ID or Password", line, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", line, StringComparison.Ordinal);
        Assert.Empty(data.Users());
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_named_but_not_repeated()
    {
        using var data = new DataFolder();
        await using var run = RunScript.Start(["--data", data.Path, "--port", $"{FreePort.Next()}"], "Nonsense=hunter2");

        Assert.Equal(1, await run.Ended(Cancel));
        var line = Assert.Single(run.Errors);
        Assert.Contains("ConnectionStrings:Incidents", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.Empty(data.Users());
    }
}
