using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Incidents.TestKit.Load;

/// <summary>Eight bytes that stand for many: the beginning of their SHA-256.</summary>
internal static class Digest
{
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    public static ulong Of(string text) => Of(System.Text.Encoding.UTF8.GetBytes(text));
}
