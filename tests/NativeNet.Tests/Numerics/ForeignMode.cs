using System.Runtime.InteropServices;

namespace NativeNet.Tests.Numerics;

/// <summary>What a library built with <c>-ffast-math</c> does to the thread that loads it.</summary>
internal static unsafe partial class ForeignMode
{
    /// <summary>Flush to zero and denormals are zero.</summary>
    private const uint FlushBits = 0x8040;

    /// <summary>Rounding up, in the same register.</summary>
    private const uint RoundUpBits = 0x4000;

    /// <summary>Where glibc has the register in an environment of x64.</summary>
    private const int RegisterOffset = 28;

    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Runs an action on a thread of its own without subnormals.</summary>
    public static void Flush(Action action) => Run(FlushBits, action);

    /// <summary>Runs an action on a thread of its own that rounds upwards.</summary>
    public static void RoundUp(Action action) => Run(RoundUpBits, action);

    private static void Run(uint bits, Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            byte* environment = stackalloc byte[64];
            _ = GetEnvironment(environment);
            *(uint*)(environment + RegisterOffset) |= bits;
            _ = SetEnvironment(environment);
            try
            {
                action();
            }
#pragma warning disable CA1031 // the test's thread throws it
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libm.so.6", EntryPoint = "fegetenv")]
    private static partial int GetEnvironment(byte* environment);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libm.so.6", EntryPoint = "fesetenv")]
    private static partial int SetEnvironment(byte* environment);
}
