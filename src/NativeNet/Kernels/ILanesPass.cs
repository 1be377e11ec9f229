using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>One elementwise operation on buffers in the layout of the parameters.</summary>
internal interface ILanesPass
{
    /// <summary>Works on as many elements as there are lanes.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="index">The first element.</param>
    void At<TLanes>(nuint index)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Runs elementwise operations over whole buffers at the width of the machine.</summary>
internal static class LanesPass
{
    /// <summary>Runs <paramref name="pass"/> over the elements from 0, ascending.</summary>
    /// <typeparam name="TPass">The operation.</typeparam>
    /// <param name="pass">The operation with its buffers.</param>
    /// <param name="length">The elements, a multiple of 16 as every parameter buffer has.</param>
    public static void Run<TPass>(in TPass pass, int length)
        where TPass : struct, ILanesPass, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
            Loop<TPass, Lanes512>(in pass, (nuint)length);
        else if (Vector256.IsHardwareAccelerated)
            Loop<TPass, Lanes256>(in pass, (nuint)length);
        else
            Loop<TPass, Lanes128>(in pass, (nuint)length);
    }

    /// <summary>The loop at one width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Loop<TPass, TLanes>(in TPass pass, nuint length)
        where TPass : struct, ILanesPass, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
            pass.At<TLanes>(i);
    }
}
