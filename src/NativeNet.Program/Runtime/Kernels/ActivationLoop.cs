using System.Runtime.CompilerServices;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>Applies an activation and its derivative to stretches of memory.</summary>
/// <remarks>
/// A stretch that is no multiple of the width ends in vectors of four floats, the last of which may reach behind it. Each
/// loop is a method of its own: one that held two long functions would call what it should inline.
/// </remarks>
/// <typeparam name="TLanes">The width.</typeparam>
internal abstract class ActivationLoop<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>The loops of an activation.</summary>
    /// <param name="activation">f.</param>
    public static ActivationLoop<TLanes> Of(ActivationSpec activation) => activation.Kind switch
    {
        ActivationKind.Relu => new Loop<ActivationFunctions.Relu>(default),
        ActivationKind.LeakyRelu => new Loop<ActivationFunctions.LeakyRelu>(new(activation.NegativeSlope)),
        ActivationKind.Tanh => new Loop<ActivationFunctions.Tanh>(default),
        ActivationKind.Sigmoid => new Loop<ActivationFunctions.Sigmoid>(default),
        ActivationKind.Elu => new Loop<ActivationFunctions.Elu>(new(activation.Alpha)),
        ActivationKind.Gelu => new Loop<ActivationFunctions.Gelu>(default),
        ActivationKind.Silu => new Loop<ActivationFunctions.Silu>(default),
        ActivationKind.HardSwish => new Loop<ActivationFunctions.HardSwish>(default),
        ActivationKind.Softplus => new Loop<ActivationFunctions.Softplus>(default),
        ActivationKind.Relu6 or ActivationKind.Clip => new Loop<ActivationFunctions.Clip>(new(activation.Minimum, activation.Maximum)),
        _ => new Loop<ActivationFunctions.Identity>(default),
    };

    /// <summary>Those of a layer of sums; null where it has no activation.</summary>
    /// <param name="activation">f.</param>
    public static ActivationLoop<TLanes>? BehindSums(ActivationSpec activation)
        => activation.Kind == ActivationKind.None ? null : Of(activation);

    /// <summary>y = f(z).</summary>
    /// <param name="z">(length).</param>
    /// <param name="y">(length), overwritten; it may be z.</param>
    /// <param name="length">Floats.</param>
    public abstract void Forward(ref float z, ref float y, int length);

    /// <summary>dz = dy · f′, or that added to dz.</summary>
    /// <param name="kept">(length), what f′ is a function of: sums or outputs.</param>
    /// <param name="dy">(length).</param>
    /// <param name="dz">(length), overwritten or added to; it may be dy.</param>
    /// <param name="length">Floats.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    public abstract void Backward(ref float kept, ref float dy, ref float dz, int length, bool adds = false);

    private sealed class Loop<TFunction>(TFunction function) : ActivationLoop<TLanes>
        where TFunction : struct, IActivation
    {
        public override void Forward(ref float z, ref float y, int length)
        {
            nuint whole = WholeVectors(length);
            Forward<TLanes>(ref z, ref y, 0, whole);
            Forward<Lanes128>(ref z, ref y, whole, (nuint)length);
        }

        public override void Backward(ref float kept, ref float dy, ref float dz, int length, bool adds)
        {
            nuint whole = WholeVectors(length);
            Backward<TLanes>(ref kept, ref dy, ref dz, 0, whole, adds);
            Backward<Lanes128>(ref kept, ref dy, ref dz, whole, (nuint)length, adds);
        }

        private static nuint WholeVectors(int length) => (nuint)(length - (length % TLanes.Count));

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Forward<TWidth>(ref float z, ref float y, nuint start, nuint end)
            where TWidth : struct, ILanes<TWidth>
        {
            TFunction f = function;
            for (nuint i = start; i < end; i += (nuint)TWidth.Count)
                f.Forward(TWidth.Load(ref z, i)).Store(ref y, i);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Backward<TWidth>(ref float kept, ref float dy, ref float dz, nuint start, nuint end, bool adds)
            where TWidth : struct, ILanes<TWidth>
        {
            TFunction f = function;
            for (nuint i = start; i < end; i += (nuint)TWidth.Count)
            {
                TWidth gradient = f.Backward(TWidth.Load(ref kept, i), TWidth.Load(ref dy, i));
                (adds ? TWidth.Load(ref dz, i) + gradient : gradient).Store(ref dz, i);
            }
        }
    }
}
