using System.ComponentModel;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>An activation that a kernel applies to its results as it computes them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFusedActivation
{
    /// <summary>Whether it changes nothing, so that nobody needs the sums that it is applied to.</summary>
    static abstract bool IsIdentity { get; }

    /// <summary>The outputs.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">The sums.</param>
    static abstract TLanes Forward<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>The gradient of the sums.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">The sums.</param>
    /// <param name="d">The gradient of the outputs.</param>
    static abstract TLanes Backward<TLanes>(TLanes z, TLanes d)
        where TLanes : struct, ILanes<TLanes>;
}
