using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Reads the fields of a message in Protocol Buffers' wire format, one after another, without copying them.</summary>
/// <remarks>The format: https://protobuf.dev/programming-guides/encoding. Groups, which it has given up, are refused.</remarks>
/// <param name="path">The file's name for messages.</param>
/// <param name="message">The message.</param>
/// <param name="start">Where it begins in the file, for messages.</param>
internal sealed class ProtoReader(string path, ReadOnlyMemory<byte> message, long start = 0)
{
    private int _position;
    private int _wire;
    private ulong _number;
    private int _payload;

    /// <summary>The number of the field at hand.</summary>
    public int Field { get; private set; }

    private bool IsAtEnd => _position == message.Length;

    /// <summary>Reads the next field.</summary>
    /// <returns>False at the end of the message.</returns>
    /// <exception cref="StorageFormatException">The bytes are no fields.</exception>
    public bool MoveNext()
    {
        if (IsAtEnd)
            return false;

        ulong tag = ReadVarint();
        (Field, _wire) = ((int)(tag >> 3), (int)(tag & 7));
        if (tag >> 3 is 0 or > int.MaxValue)
            throw Error("a field has no valid number");

        _payload = _position;
        switch (_wire)
        {
            case 0:
                _number = ReadVarint();
                break;
            case 1:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case 2:
                ulong length = ReadVarint();
                _payload = _position;
                Take((long)Math.Min(length, long.MaxValue));
                break;
            case 5:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            default:
                throw Error("a field is of a kind that the format does not have");
        }

        return true;
    }

    /// <summary>The field as an integer.</summary>
    public long Integer() => Expect(0, unchecked((long)_number));

    /// <summary>The field as a 32-bit float.</summary>
    public float Single() => Expect(5, BitConverter.UInt32BitsToSingle((uint)_number));

    /// <summary>The field as bytes.</summary>
    public ReadOnlyMemory<byte> Bytes() => Expect(2, _wire == 2 ? message[_payload.._position] : default);

    /// <summary>The field as a message of its own.</summary>
    public ProtoReader Message() => new(path, Bytes(), start + _payload);

    /// <summary>The field as text.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> bytes = Bytes().Span;
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Error("a text is not valid UTF-8");
    }

    /// <summary>Adds the field's integers, one or a packed list of them.</summary>
    public void AddIntegers(List<long> values)
    {
        if (_wire == 0)
        {
            values.Add(unchecked((long)_number));
            return;
        }

        var list = new ProtoReader(path, Bytes(), start + _payload);
        while (!list.IsAtEnd)
            values.Add(unchecked((long)list.ReadVarint()));
    }

    /// <summary>Adds the field's numbers of fixed size, one or a packed list of them, as they lie in the file.</summary>
    public void AddElements(List<ReadOnlyMemory<byte>> parts)
        => parts.Add(_wire is 1 or 5 ? message[_payload.._position] : Bytes());

    /// <summary>An error at the field at hand.</summary>
    /// <param name="problem">What is wrong.</param>
    public StorageFormatException Error(string problem)
        => new(string.Create(CultureInfo.InvariantCulture, $"{path}: offset {start + _payload}: {problem}; it is damaged, cut short or not an ONNX file"));

    private T Expect<T>(int wire, T value)
        => _wire == wire ? value : throw Error(string.Create(CultureInfo.InvariantCulture, $"field {Field} is of another kind than ONNX has it"));

    private ulong ReadVarint()
    {
        ReadOnlySpan<byte> bytes = message.Span;
        ulong value = 0;
        for (int shift = 0; shift < 64 && _position < bytes.Length; shift += 7)
        {
            byte part = bytes[_position++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        _payload = _position;
        throw Error("an integer has no end");
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length > message.Length - _position)
            throw Error(string.Create(CultureInfo.InvariantCulture, $"{length} bytes are announced and {message.Length - _position} follow"));

        ReadOnlySpan<byte> taken = message.Span.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }
}
