using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Incidents.WebFront.Tests.Http;

namespace Incidents.WebFront.Tests.Pages;

/// <summary>Whatever is sent to a form is answered by a page that says that nothing was done, and is no error of ours.</summary>
public sealed class UnreadableFormTests(LonelyWebFront lonely)
{
    private const string Urlencoded = "application/x-www-form-urlencoded";

    public static TheoryData<string, string, int> Bodies => new()
    {
        { Urlencoded, new('x', 140_000), 413 },
        { Urlencoded, string.Join('&', Enumerable.Range(0, 1_100).Select(static n => $"a{n}=1")), 400 },
        { Urlencoded, new string('k', 3_000) + "=1", 400 },
        { Urlencoded, "note=a%00b", 400 },
        { $"{Urlencoded}; charset=utf-7", "note=a", 400 },
        { "multipart/form-data", "x", 400 },
        { "multipart/form-data; boundary=y", "--x\r\n", 400 },
        { "text/plain", "note=a", 400 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task It_is_refused_and_nothing_is_done(string type, string body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/acknowledge") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Accept.ParseAdd("text/html");

        using var answer = await lonely.Web.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((status, "text/html"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Nothing was done", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("same-origin", true)]
    [InlineData("cross-site", false)]
    public async Task What_somebody_wrote_into_a_page_of_ours_is_shown_once_more(string from, bool isShown)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/incidents/INC-20260102030405-0123456789abcdef/note")
        {
            Content = new FormUrlEncodedContent([new("note", "written <at> night")]),
        };
        request.Headers.Add("Sec-Fetch-Site", from);

        using var answer = await lonely.Web.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(isShown, (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("written &lt;at&gt; night", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("x:99999")]
    public async Task A_host_that_is_none_is_refused_before_a_page_is_built_on_it(string host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, lonely.Web.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var answer = new StreamReader(client.GetStream());
        var text = await answer.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400 ", text, StringComparison.Ordinal);
        Assert.Contains("The Host header names no host.", text, StringComparison.Ordinal);
    }
}
