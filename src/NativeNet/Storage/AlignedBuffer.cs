using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativeNet.Storage;

/// <summary>Memory outside the garbage-collected heap that starts on a 64-byte line, zeroed.</summary>
/// <remarks>
/// The collector does not see spans over this memory: whoever works on <see cref="Span"/> keeps the buffer reachable
/// meanwhile, with <c>using</c> or as a field. A buffer that was forgotten is freed by its finalizer.
/// </remarks>
/// <typeparam name="T">An unmanaged element type.</typeparam>
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>The alignment in bytes: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private readonly int _length;
    private void* _memory;

    /// <summary>Allocates <paramref name="length"/> zeros.</summary>
    /// <param name="length">Elements, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _length = length;

        // At least one line, so that an empty buffer has an address too.
        nuint bytes = Math.Max((nuint)length * (nuint)sizeof(T), Alignment);
        _memory = NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(_memory, bytes);
    }

    /// <summary>Frees the memory of a buffer that was not disposed.</summary>
    ~AlignedBuffer() => Free();

    /// <summary>The elements; also after <see cref="Dispose"/>.</summary>
    public int Length => _length;

    /// <summary>The memory, (Length), valid until <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    [SuppressMessage("Design", "CA1065", Justification = "A span over freed memory would be worse than a property that throws.")]
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return new Span<T>(_memory, _length);
        }
    }

    /// <summary>Frees the memory; spans over it must not be used any more.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
