using System.Net;
using System.Net.Http.Headers;

namespace Incidents.Grains.Slack;

/// <summary>A body that knows whether any of it may have left. Without its body Slack cannot act on a request, and the
/// connection is there before the body is asked for.</summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly byte[] _body;
    private volatile bool _isBegun;

    public WatchedContent(byte[] body, string type)
    {
        _body = body;
        Headers.ContentType = MediaTypeHeaderValue.Parse(type);
    }

    public bool IsBegun => _isBegun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _isBegun = true;
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
