using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>A function of every element with its derivative.</summary>
internal interface IActivation
{
    /// <summary>f(z).</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">The sums.</param>
    TLanes Forward<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>dy · f′.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="kept">What the derivative is a function of: sums or outputs.</param>
    /// <param name="dy">The gradients of the outputs.</param>
    TLanes Backward<TLanes>(TLanes kept, TLanes dy)
        where TLanes : struct, ILanes<TLanes>;
}
