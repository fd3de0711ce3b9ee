using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.TestKit.FakeSlack;

/// <summary>The HTTP of it: which call it is, what goes wrong, whether it may be, and then its own file.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly FakeWorkspace _workspace;
    private readonly TimeProvider _clock;
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();

    public FakeServer(FakeWorkspace workspace, TimeProvider clock, int port)
    {
        (_workspace, _clock) = (workspace, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.Run(Serve);
    }

    public Uri Url => new(_app.Urls.Single());

    public Task Start() => _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private async Task Serve(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var method = path.StartsWith("/api/", StringComparison.Ordinal) ? path["/api/".Length..]
            : path.StartsWith("/actions/", StringComparison.Ordinal) ? SlackMethods.ResponseUrl
            : SlackMethods.Webhook;
        var (word, arguments) = await Arguments.Read(context.Request, method);
        var call = _workspace.Received(method, arguments, context.Request.Headers);
        var fault = _workspace.Faults.Next(method);
        FakeAnswer Carry() => Carried(context.Request, method, word, arguments);

        var answer = fault is null or { IsCarriedOut: true } ? Carry() : null;
        if (fault?.Hold > TimeSpan.Zero)
        {
            // Slack does not stop because somebody stopped waiting.
            await Task.Delay(fault.Hold, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (fault?.IsDropped == true)
        {
            call.Answer = "dropped";
            context.Abort();
            return;
        }

        answer = fault?.Instead ?? answer ?? Carry();
        call.Answer = answer.Word ?? $"{answer.Status}";
        await Write(context.Response, answer);
    }

    private static async Task Write(HttpResponse response, FakeAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.Type;
        if (answer.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = wait;
        }

        if (answer.Location is { } location)
        {
            response.Headers.Location = $"{location}";
        }

        await response.WriteAsync(answer.Body);
    }

    private FakeAnswer Carried(HttpRequest request, string method, string? word, JsonObject arguments)
    {
        lock (_workspace.Gate)
        {
            if (_workspace.OverLimit(method, arguments.Text("channel")) is { } wait)
            {
                return FakeAnswer.RateLimited(wait);
            }

            return method switch
            {
                SlackMethods.ResponseUrl => ResponseUrl.Answer(_workspace, request.Path.Value!["/actions/".Length..], arguments),
                SlackMethods.Webhook => !FakeWorkspace.IsWebhook(request.Path.Value!) ? FakeAnswer.Text(404, "no_service")
                    : word is not null ? FakeAnswer.Text(400, "invalid_payload")
                    : IncomingWebhook.Answer(_workspace, arguments),
                _ when FaultOfToken(request, method) is { } refused => refused,
                _ when word is not null => FakeAnswer.Error(word),
                SlackMethods.Post => ChatPostMessage.Answer(_workspace, arguments),
                SlackMethods.Update => ChatUpdate.Answer(_workspace, arguments),
                SlackMethods.History => ConversationsHistory.Answer(_workspace, arguments),
                SlackMethods.Conversations => UsersConversations.Answer(_workspace, arguments),
                SlackMethods.OpenView => ViewsOpen.Answer(_workspace, arguments),
                _ => FakeAnswer.Error("unknown_method"),
            };
        }
    }

    private FakeAnswer? FaultOfToken(HttpRequest request, string method)
    {
        var given = request.Headers.Authorization.ToString();
        return given.Length == 0 ? FakeAnswer.Error("not_authed")
            : given != $"Bearer {FakeWorkspace.Token}" ? FakeAnswer.Error("invalid_auth")
            : _workspace.TokenError is { } error ? FakeAnswer.Error(error)
            : SlackMethods.ScopeOf(method) is { } scope && !_workspace.Scopes.Contains(scope)
                ? FakeAnswer.Error("missing_scope", more: new() { ["needed"] = scope, ["provided"] = string.Join(',', _workspace.Scopes) })
            : null;
    }
}
