using System.Buffers.Binary;

namespace Incidents.TestKit;

/// <summary>What a server answers to several statements, read as far as needed to see its end.</summary>
internal sealed class MySqlAnswer
{
    private const int HeaderLength = 4; // three bytes length, one sequence number
    private const byte Ok = 0x00;
    private const byte Failed = 0xFF;
    private const int MoreResults = 0x0008; // SERVER_MORE_RESULTS_EXISTS

    private readonly List<byte> _bytes = [];
    private int _read;

    /// <summary>The last statement, COMMIT, was answered OK.</summary>
    public bool IsCommitted { get; private set; }

    /// <summary>The number of the error that ended it.</summary>
    public int? Error { get; private set; }

    public bool IsRefused => Error is not null;

    public bool IsWhole => IsCommitted || IsRefused;

    public byte[] Bytes => [.. _bytes];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        while (_bytes.Count - _read >= HeaderLength)
        {
            var length = _bytes[_read] | (_bytes[_read + 1] << 8) | (_bytes[_read + 2] << 16);
            if (_bytes.Count - _read - HeaderLength < length)
            {
                return;
            }

            Read(_bytes.GetRange(_read + HeaderLength, length).ToArray());
            _read += HeaderLength + length;
        }
    }

    private void Read(ReadOnlySpan<byte> packet)
    {
        // An OK: its mark, two length-encoded numbers (0 and 0 for a COMMIT), two bytes status. No row of ours begins
        // with an empty text, which would look the same.
        Error ??= packet is [Failed, _, _, ..] ? BinaryPrimitives.ReadUInt16LittleEndian(packet[1..]) : null;
        IsCommitted |= packet is [Ok, 0, 0, _, _, ..]
            && (BinaryPrimitives.ReadUInt16LittleEndian(packet[3..]) & MoreResults) == 0;
    }
}
