using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativeNet.Numerics;

/// <summary>
/// Whether the calling thread computes as IEEE-754 says: rounding to nearest, subnormal numbers kept. Libraries built with
/// <c>-ffast-math</c>, and hosts of audio, switch subnormals off for the thread that loads them, and other bits follow.
/// </summary>
/// <remarks>
/// Sessions look before every call and refuse; threads that the library starts are set right. Generated operations
/// themselves look at nothing.
/// </remarks>
public static unsafe class FloatingPointMode
{
    /// <summary>FE_DFL_ENV of every Linux: the environment that a program starts in.</summary>
    private const nint DefaultEnvironment = -1;

    // Not constants to the compiler, which would compute with them itself.
    private static float _smallestNormal = 1.17549435e-38f;
    private static float _one = 1f;

    /// <summary>Whether the thread's mode is right.</summary>
    public static bool IsDefault
    {
        // Never computed ahead: the mode may change between two calls.
        [MethodImpl(MethodImplOptions.NoInlining)]
        get
        {
            float least = Volatile.Read(ref _smallestNormal), one = Volatile.Read(ref _one), half = least * 0.5f, small = least * 2f;
            bool keepsResults = BitConverter.SingleToUInt32Bits(half) == 0x0040_0000;
            bool keepsOperands = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(least) >> 1) * 8388608f > 0f;
            bool roundsToNearest = one + small == one && one - small == one && -one - small == -one;
            return keepsResults && keepsOperands && roundsToNearest;
        }
    }

    /// <summary>Sets the calling thread's mode right, where it is not and the system has a way: on Linux.</summary>
    /// <returns>Whether the mode is right now.</returns>
    public static bool TrySetDefault()
    {
        if (IsDefault)
            return true;

        if (OperatingSystem.IsLinux() && TryFindSetter(out nint set))
            _ = ((delegate* unmanaged<nint, int>)set)(DefaultEnvironment);
        return IsDefault;
    }

    /// <summary>The function that sets the environment: glibc has it in a library of its own, musl where everything else is.</summary>
    private static bool TryFindSetter(out nint set)
        => NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "fesetenv", out set)
            || (NativeLibrary.TryLoad("libm.so.6", out nint library) && NativeLibrary.TryGetExport(library, "fesetenv", out set));

    /// <summary>Refuses to go on in another mode.</summary>
    /// <exception cref="InvalidOperationException">The mode is another; the message says so and what to do.</exception>
    internal static void Require()
    {
        if (!IsDefault)
            throw new InvalidOperationException(Problem);
    }

    /// <summary>What is wrong where <see cref="IsDefault"/> is false.</summary>
    internal const string Problem = "This thread drops subnormal numbers or does not round to nearest, as code built with -ffast-math leaves it; "
        + "results would have other bits. Call FloatingPointMode.TrySetDefault() on it first.";
}
