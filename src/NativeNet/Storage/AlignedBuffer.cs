using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativeNet.Storage;

/// <summary>Memory that starts on a 64-byte line and never moves, zeroed; in large pages, where the system has them.</summary>
/// <remarks>
/// The memory belongs to the collector, which does not move it: a span over it keeps it, whatever becomes of the buffer.
/// Pointers do not; whoever takes one keeps the buffer or a span reachable meanwhile.
/// </remarks>
/// <typeparam name="T">An unmanaged element type.</typeparam>
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>The alignment in bytes: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private readonly int _length;
    private readonly nuint _offset;
    private Line[]? _lines;

    /// <summary>Allocates <paramref name="length"/> zeros.</summary>
    /// <param name="length">Elements, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _length = length;

        // A line more than the elements take: an array starts on a word, its first whole line is where the elements start.
        nuint lines = (((nuint)length * (nuint)sizeof(T)) / Alignment) + 2;
        _lines = GC.AllocateArray<Line>(checked((int)lines), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_lines));
        _offset = (Alignment - (address % Alignment)) % Alignment;
        HugePages.Advise(address, lines * Alignment);
    }

    /// <summary>The elements; also after <see cref="Dispose"/>.</summary>
    public int Length => _length;

    /// <summary>The memory, (Length).</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    [SuppressMessage("Design", "CA1065", Justification = "A buffer that has been given up must not come back to life.")]
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_lines is null, this);
            ref byte first = ref Unsafe.As<Line, byte>(ref MemoryMarshal.GetArrayDataReference(_lines));
            return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref first, _offset)), _length);
        }
    }

    /// <summary>Gives the memory back to the collector, which takes it when no span over it is left.</summary>
    public void Dispose() => _lines = null;

    /// <summary>So many bytes that a count of them fits an array of any length of elements.</summary>
    [StructLayout(LayoutKind.Sequential, Size = Alignment)]
    private readonly struct Line;
}
