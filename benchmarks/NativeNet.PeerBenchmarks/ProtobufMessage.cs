using System.Buffers;
using System.Text;

namespace NativeNet.PeerBenchmarks;

/// <summary>A message in the wire format of Protocol Buffers, written field by field.</summary>
/// <remarks>
/// A field is a varint of number · 8 + wire type, then its value: wire type 0 is a varint, 2 a length and as many bytes,
/// which is how strings and messages are written too. https://protobuf.dev/programming-guides/encoding/.
/// </remarks>
internal sealed class ProtobufMessage
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What is written so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Adds an integer.</summary>
    /// <param name="field">Its number.</param>
    /// <param name="value">At least 0.</param>
    public ProtobufMessage Add(int field, long value)
    {
        WriteVarint((ulong)field << 3);
        WriteVarint((ulong)value);
        return this;
    }

    /// <summary>Adds bytes.</summary>
    /// <param name="field">Their number.</param>
    /// <param name="value">The bytes.</param>
    public ProtobufMessage Add(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint(((ulong)field << 3) | 2);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Adds text.</summary>
    /// <param name="field">Its number.</param>
    /// <param name="value">The text.</param>
    public ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a message.</summary>
    /// <param name="field">Its number.</param>
    /// <param name="value">The message, complete.</param>
    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value.Bytes);

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
