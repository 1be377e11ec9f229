using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NativeNet.Data;

/// <summary>A stretch of a file as memory: pages come from the system's cache as they are read, without a copy.</summary>
/// <remarks>
/// The file must stay as it is meanwhile: as with every mapping, what is written to it shows, and reading what has been
/// cut off ends the process. The view's handle unmaps it when the collector finds it unused, so who reads a span of it
/// must keep this object alive to the end.
/// </remarks>
internal sealed unsafe class MappedFile : MemoryManager<byte>
{
    /// <summary>MADV_DONTNEED, the same on Linux, macOS and FreeBSD.</summary>
    private const int DontNeed = 4;

    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;

    /// <summary>Maps a stretch.</summary>
    /// <param name="file">An open file, which may be closed afterwards.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="length">Its length, at least 1.</param>
    /// <exception cref="IOException">The file cannot be mapped.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is shorter by now.</exception>
    public MappedFile(FileStream file, long offset, int length)
    {
        using var mapped = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = mapped.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
        _length = length;
    }

    private byte* Start => (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + _view.PointerOffset;

    /// <summary>Takes the pages out of the process's memory; they come again as they are read.</summary>
    /// <remarks>Does nothing where the system has no madvise, as Windows has none, or refuses the advice.</remarks>
    public void ReleasePages()
    {
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "madvise", out nint madvise))
            return;

        SafeMemoryMappedViewHandle view = _view.SafeMemoryMappedViewHandle;
        _ = ((delegate* unmanaged<nint, nuint, int, int>)madvise)(view.DangerousGetHandle(), (nuint)view.ByteLength, DontNeed);
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(Start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(Start + elementIndex, default, this);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _view.Dispose();
    }
}
