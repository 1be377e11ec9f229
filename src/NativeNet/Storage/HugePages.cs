using System.Runtime.InteropServices;

namespace NativeNet.Storage;

/// <summary>Memory for whole data sets, which Linux is asked to map in pages of 2 MiB.</summary>
/// <remarks>
/// A page of 4 KiB costs a fault as it is first written, again as the process ends, and a miss of the address cache for
/// nearly every row of a shuffled epoch. An epoch of MNIST ends a tenth earlier. Where the system has no such pages the
/// others do as well.
/// </remarks>
internal static unsafe partial class HugePages
{
    private const nuint PageLength = 1 << 21;

    /// <summary>MADV_HUGEPAGE of madvise(2).</summary>
    private const int UseHugePages = 14;

    /// <summary>An array of any content.</summary>
    /// <param name="length">Its bytes.</param>
    public static byte[] Allocate(int length)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        if (OperatingSystem.IsLinux())
        {
            fixed (byte* first = bytes)
                Advise((nuint)first, (nuint)length);
        }

        return bytes;
    }

    /// <summary>Asks for the pages that lie wholly inside.</summary>
    private static void Advise(nuint address, nuint length)
    {
        nuint start = (address + PageLength - 1) / PageLength * PageLength, end = (address + length) / PageLength * PageLength;
        if (end > start)
            _ = Advise((void*)start, end - start, UseHugePages);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);
}
