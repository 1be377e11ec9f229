using System.Runtime.CompilerServices;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>Applies activations and their derivatives to stretches of memory.</summary>
/// <remarks>
/// A function has a loop of its own in each direction. A stretch that is no multiple of the width ends in vectors of four
/// floats, the last of which may reach behind it.
/// </remarks>
internal static class ActivationLoop
{
    /// <summary>y = f(z).</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="activation">f.</param>
    /// <param name="z">(length).</param>
    /// <param name="y">(length), overwritten; it may be z.</param>
    /// <param name="length">Floats.</param>
    public static void Forward<TLanes>(ActivationSpec activation, ref float z, ref float y, int length)
        where TLanes : struct, ILanes<TLanes>
    {
        switch (activation.Kind)
        {
            case ActivationKind.Relu:
                Forward<TLanes, ActivationFunctions.Relu>(default, ref z, ref y, (nuint)length);
                break;
            case ActivationKind.LeakyRelu:
                Forward<TLanes, ActivationFunctions.LeakyRelu>(new(activation.NegativeSlope), ref z, ref y, (nuint)length);
                break;
            case ActivationKind.Tanh:
                Forward<TLanes, ActivationFunctions.Tanh>(default, ref z, ref y, (nuint)length);
                break;
            case ActivationKind.Sigmoid:
                Forward<TLanes, ActivationFunctions.Sigmoid>(default, ref z, ref y, (nuint)length);
                break;
            case ActivationKind.Elu:
                Forward<TLanes, ActivationFunctions.Elu>(default, ref z, ref y, (nuint)length);
                break;
            case ActivationKind.Gelu:
                Forward<TLanes, ActivationFunctions.Gelu>(default, ref z, ref y, (nuint)length);
                break;
            case ActivationKind.Silu:
                Forward<TLanes, ActivationFunctions.Silu>(default, ref z, ref y, (nuint)length);
                break;
            case ActivationKind.HardSwish:
                Forward<TLanes, ActivationFunctions.HardSwish>(default, ref z, ref y, (nuint)length);
                break;
            case ActivationKind.Softplus:
                Forward<TLanes, ActivationFunctions.Softplus>(default, ref z, ref y, (nuint)length);
                break;
            default:
                Forward<TLanes, ActivationFunctions.Identity>(default, ref z, ref y, (nuint)length);
                break;
        }
    }

    /// <summary>dz = dy · f′, or that added to dz.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="activation">f.</param>
    /// <param name="kept">(length), what f′ is a function of: sums or outputs.</param>
    /// <param name="dy">(length).</param>
    /// <param name="dz">(length), overwritten or added to; it may be dy.</param>
    /// <param name="length">Floats.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    public static void Backward<TLanes>(ActivationSpec activation, ref float kept, ref float dy, ref float dz, int length, bool adds = false)
        where TLanes : struct, ILanes<TLanes>
    {
        switch (activation.Kind)
        {
            case ActivationKind.Relu:
                Backward<TLanes, ActivationFunctions.Relu>(default, ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
            case ActivationKind.LeakyRelu:
                Backward<TLanes, ActivationFunctions.LeakyRelu>(new(activation.NegativeSlope), ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
            case ActivationKind.Tanh:
                Backward<TLanes, ActivationFunctions.Tanh>(default, ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
            case ActivationKind.Sigmoid:
                Backward<TLanes, ActivationFunctions.Sigmoid>(default, ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
            case ActivationKind.Elu:
                Backward<TLanes, ActivationFunctions.Elu>(default, ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
            case ActivationKind.Gelu:
                Backward<TLanes, ActivationFunctions.Gelu>(default, ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
            case ActivationKind.Silu:
                Backward<TLanes, ActivationFunctions.Silu>(default, ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
            case ActivationKind.HardSwish:
                Backward<TLanes, ActivationFunctions.HardSwish>(default, ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
            case ActivationKind.Softplus:
                Backward<TLanes, ActivationFunctions.Softplus>(default, ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
            default:
                Backward<TLanes, ActivationFunctions.Identity>(default, ref kept, ref dy, ref dz, (nuint)length, adds);
                break;
        }
    }

    private static void Forward<TLanes, TFunction>(TFunction function, ref float z, ref float y, nuint length)
        where TLanes : struct, ILanes<TLanes>
        where TFunction : struct, IActivation
    {
        nuint i = 0, whole = length - (length % (nuint)TLanes.Count);
        for (; i < whole; i += (nuint)TLanes.Count)
            function.Forward(TLanes.Load(ref z, i)).Store(ref y, i);
        if (i < length)
            ForwardRest(function, ref z, ref y, i, length);
    }

    /// <summary>Apart, because a method holds one long function: that of two would not be inlined.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ForwardRest<TFunction>(TFunction function, ref float z, ref float y, nuint i, nuint length)
        where TFunction : struct, IActivation
    {
        for (; i < length; i += (nuint)Lanes128.Count)
            function.Forward(Lanes128.Load(ref z, i)).Store(ref y, i);
    }

    private static void Backward<TLanes, TFunction>(TFunction function, ref float kept, ref float dy, ref float dz, nuint length, bool adds)
        where TLanes : struct, ILanes<TLanes>
        where TFunction : struct, IActivation
    {
        nuint i = 0, whole = length - (length % (nuint)TLanes.Count);
        for (; i < whole; i += (nuint)TLanes.Count)
        {
            TLanes gradient = function.Backward(TLanes.Load(ref kept, i), TLanes.Load(ref dy, i));
            (adds ? TLanes.Load(ref dz, i) + gradient : gradient).Store(ref dz, i);
        }

        for (; i < length; i += (nuint)Lanes128.Count)
        {
            Lanes128 gradient = function.Backward(Lanes128.Load(ref kept, i), Lanes128.Load(ref dy, i));
            (adds ? Lanes128.Load(ref dz, i) + gradient : gradient).Store(ref dz, i);
        }
    }
}
