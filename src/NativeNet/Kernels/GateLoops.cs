using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>The gates' functions over stretches of memory: one function a method, which is what compilers inline without a rest.</summary>
internal static class GateLoops
{
    /// <summary>gateSigmoid of every element.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="values">(length), overwritten.</param>
    /// <param name="length">Floats, a multiple of the width.</param>
    public static void Sigmoid<TLanes>(ref float values, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
            Elementary.GateSigmoid(TLanes.Load(ref values, i)).Store(ref values, i);
    }

    /// <summary>gateTanh of every element.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="values">(length).</param>
    /// <param name="results">(length), overwritten; it may be the place of the values.</param>
    /// <param name="length">Floats, a multiple of the width.</param>
    public static void Tanh<TLanes>(ref float values, ref float results, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
            Elementary.GateTanh(TLanes.Load(ref values, i)).Store(ref results, i);
    }
}
