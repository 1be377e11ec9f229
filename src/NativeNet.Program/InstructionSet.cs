using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NativeNet.Program;

/// <summary>Which of the generated kernels this process runs.</summary>
internal static class InstructionSet
{
    /// <summary>The width of the vectors in bits: 512, 256 or 128; 0 for scalar code.</summary>
    public static int VectorBits
        => Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>The kernels in words.</summary>
    public static string Describe()
        => VectorBits == 0 ? "scalar" : $"{VectorBits}-bit vectors on {RuntimeInformation.ProcessArchitecture}";

    /// <summary>What to do about slow code; null when it is as it should be.</summary>
    /// <remarks>Narrow vectors alone are no sign of it: the just-in-time compiler makes them on demand, with fused multiply-adds.</remarks>
    public static string? Warning()
        => RuntimeInformation.ProcessArchitecture == Architecture.X64 && !Fma.IsSupported
            ? "warning: this is code for processors without AVX2 and FMA, which is hundreds of times slower; publish with -p:IlcInstructionSet=x86-64-v3"
            : null;
}
