using System.Buffers;

namespace Incidents.WebFront.Webhooks;

/// <summary>Reads a body of unknown length into memory, up to a limit.</summary>
internal static class BodyReader
{
    private const int FirstRead = 16_384;
    private const int MaxTrusted = 1_048_576;

    /// <summary>Null when it is longer than <paramref name="max"/>.</summary>
    public static async Task<byte[]?> Read(HttpRequest request, int max, CancellationToken cancel)
    {
        if (request.ContentLength > max)
        {
            return null;
        }

        // The announced length sizes the buffer only up to a point: announcing costs a sender nothing.
        var announced = (int)Math.Min(request.ContentLength ?? FirstRead, MaxTrusted);
        var buffer = ArrayPool<byte>.Shared.Rent(announced + 1);
        try
        {
            var length = 0;
            while (await request.Body.ReadAsync(buffer.AsMemory(length), cancel) is var read and > 0)
            {
                length += read;
                if (length > max)
                {
                    return null;
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, max);
                }
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int max)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, max + 1));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
