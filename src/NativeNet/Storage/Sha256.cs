using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NativeNet.Storage;

/// <summary>An incremental SHA-256, after FIPS 180-4.</summary>
/// <remarks>
/// The framework's own needs OpenSSL at run time on Linux, which small targets and emulators do not have. This one is
/// for identifying contents, not for secrets: nothing here runs in constant time by intent.
/// </remarks>
public sealed class Sha256
{
    /// <summary>The bytes of a digest.</summary>
    public const int DigestLength = 32;

    private const int BlockLength = 64;

    /// <summary>Where the message length stands in the last block.</summary>
    private const int LengthOffset = BlockLength - sizeof(ulong);

    private static readonly uint[] InitialState =
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    private static readonly uint[] RoundConstants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] _state = [.. InitialState];
    private readonly byte[] _block = new byte[BlockLength];
    private int _filled;
    private ulong _length;
    private bool _finished;

    /// <summary>The digest of <paramref name="bytes"/> as 64 lowercase hexadecimal digits.</summary>
    /// <param name="bytes">The whole message.</param>
    public static string HexOf(ReadOnlySpan<byte> bytes)
    {
        var hash = new Sha256();
        hash.Append(bytes);
        return hash.FinishHex();
    }

    /// <summary>Continues the message with <paramref name="bytes"/>.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    /// <exception cref="InvalidOperationException">The message is finished.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_finished)
            throw new InvalidOperationException("the digest is finished; begin a new one for another message");

        _length += (ulong)bytes.Length;
        if (_filled > 0)
        {
            int taken = Math.Min(BlockLength - _filled, bytes.Length);
            bytes[..taken].CopyTo(_block.AsSpan(_filled));
            bytes = bytes[taken..];
            _filled += taken;
            if (_filled < BlockLength)
                return;
            Compress(_block);
        }

        while (bytes.Length >= BlockLength)
        {
            Compress(bytes[..BlockLength]);
            bytes = bytes[BlockLength..];
        }

        bytes.CopyTo(_block);
        _filled = bytes.Length;
    }

    /// <summary>Continues the message with integers, each as 4 bytes, little-endian on every machine.</summary>
    /// <param name="values">Any number of integers.</param>
    /// <exception cref="InvalidOperationException">The message is finished.</exception>
    public void AppendValues(ReadOnlySpan<int> values)
    {
        Span<byte> chunk = stackalloc byte[LittleEndian.ChunkLength];
        while (!values.IsEmpty)
        {
            int count = LittleEndian.Encode(values, chunk);
            Append(chunk[..(count * sizeof(int))]);
            values = values[count..];
        }
    }

    /// <summary>Continues the message with floats, each as 4 bytes, little-endian on every machine.</summary>
    /// <param name="values">Any number of floats; NaN counts with its bits.</param>
    /// <exception cref="InvalidOperationException">The message is finished.</exception>
    public void AppendValues(ReadOnlySpan<float> values) => AppendValues(MemoryMarshal.Cast<float, int>(values));

    /// <summary>Ends the message.</summary>
    /// <param name="digest">At least <see cref="DigestLength"/> bytes, of which the first are overwritten.</param>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is too short.</exception>
    /// <exception cref="InvalidOperationException">The message is finished already.</exception>
    public void Finish(Span<byte> digest)
    {
        if (digest.Length < DigestLength)
            throw new ArgumentException("the digest takes 32 bytes", nameof(digest));

        ulong bits = _length * 8;
        Append([0x80]);
        if (_filled > LengthOffset)
            Append(stackalloc byte[BlockLength - _filled]);
        _block.AsSpan(_filled..LengthOffset).Clear();
        BinaryPrimitives.WriteUInt64BigEndian(_block.AsSpan(LengthOffset), bits);
        Compress(_block);
        _finished = true;

        for (int i = 0; i < _state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(digest[(4 * i)..], _state[i]);
    }

    /// <summary>Ends the message.</summary>
    /// <returns>The digest as 64 lowercase hexadecimal digits.</returns>
    /// <exception cref="InvalidOperationException">The message is finished already.</exception>
    public string FinishHex()
    {
        Span<byte> digest = stackalloc byte[DigestLength];
        Finish(digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>FIPS 180-4, section 6.2.2; names follow it.</summary>
    private void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int t = 0; t < 16; t++)
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
        for (int t = 16; t < w.Length; t++)
            w[t] = SmallSigma1(w[t - 2]) + w[t - 7] + SmallSigma0(w[t - 15]) + w[t - 16];

        uint a = _state[0], b = _state[1], c = _state[2], d = _state[3];
        uint e = _state[4], f = _state[5], g = _state[6], h = _state[7];
        for (int t = 0; t < w.Length; t++)
        {
            uint t1 = h + BigSigma1(e) + ((e & f) ^ (~e & g)) + RoundConstants[t] + w[t];
            uint t2 = BigSigma0(a) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        ReadOnlySpan<uint> change = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < _state.Length; i++)
            _state[i] += change[i];
    }

    private static uint BigSigma0(uint x)
        => BitOperations.RotateRight(x, 2) ^ BitOperations.RotateRight(x, 13) ^ BitOperations.RotateRight(x, 22);

    private static uint BigSigma1(uint x)
        => BitOperations.RotateRight(x, 6) ^ BitOperations.RotateRight(x, 11) ^ BitOperations.RotateRight(x, 25);

    private static uint SmallSigma0(uint x)
        => BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ (x >> 3);

    private static uint SmallSigma1(uint x)
        => BitOperations.RotateRight(x, 17) ^ BitOperations.RotateRight(x, 19) ^ (x >> 10);
}
