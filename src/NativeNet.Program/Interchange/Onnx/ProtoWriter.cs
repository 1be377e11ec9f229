using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Writes the fields of a message in Protocol Buffers' wire format.</summary>
internal sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>An integer.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, 0);
        Varint(unchecked((ulong)value));
    }

    /// <summary>A 32-bit float.</summary>
    public void Single(int field, float value)
    {
        Tag(field, 5);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
    }

    /// <summary>A text.</summary>
    public void Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    /// <summary>A message.</summary>
    public void Message(int field, ProtoWriter message) => Bytes(field, message.Written.Span);

    /// <summary>Bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, 2);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    private void Tag(int field, int wire) => Varint(((ulong)field << 3) | (uint)wire);

    private void Varint(ulong value)
    {
        Span<byte> bytes = _bytes.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
