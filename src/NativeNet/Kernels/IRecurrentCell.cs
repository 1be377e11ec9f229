using System.ComponentModel;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>What one kind of recurrent cell makes of its sums, element by element.</summary>
/// <remarks>Lanes lie over the samples of a block or over the units of one sample: the planes of a panel are contiguous either way.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRecurrentCell
{
    /// <summary>G, the rows of weights of a unit.</summary>
    static abstract int Gates { get; }

    /// <summary>The sums of a unit: the gates, and of a gru the part of n that is multiplied with r.</summary>
    static abstract int Sums { get; }

    /// <summary>The values of a unit that are kept beside the gates: h, and of an lstm c and its tanh.</summary>
    static abstract int States { get; }

    /// <summary>Those of them that the next frame depends on, from the first on: h, and of an lstm c.</summary>
    static abstract int CarriedStates { get; }

    /// <summary>From the sums to the gates, in place, and to the states behind the frame.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="sums">(sums, length), overwritten by the gates.</param>
    /// <param name="before">The first state before the frame, (length).</param>
    /// <param name="behind">The first state behind the frame, (length), overwritten.</param>
    /// <param name="distance">Floats from state to state.</param>
    /// <param name="length">Floats, a multiple of the width.</param>
    static abstract void Forward<TLanes>(ref float sums, ref float before, ref float behind, nuint distance, nuint length)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>From the gradients of the states behind the frame to those of the sums.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="gates">(sums, length).</param>
    /// <param name="before">The first state before the frame, (length).</param>
    /// <param name="behind">The first state behind the frame, (length).</param>
    /// <param name="distance">Floats from state to state.</param>
    /// <param name="dh">The gradient of h, (length); becomes what goes to the frame before without a weight.</param>
    /// <param name="dc">The gradient of c, (length); becomes that of the frame before.</param>
    /// <param name="gradients">(sums, length), overwritten.</param>
    /// <param name="length">Floats, a multiple of the width.</param>
    static abstract void Backward<TLanes>(
        ref float gates, ref float before, ref float behind, nuint distance, ref float dh, ref float dc, ref float gradients, nuint length)
        where TLanes : struct, ILanes<TLanes>;
}
