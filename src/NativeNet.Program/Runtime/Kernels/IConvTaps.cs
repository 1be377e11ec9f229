using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>The taps of one window, or of several side by side, that are part of their sums.</summary>
internal interface IConvTaps
{
    /// <summary>The first tap.</summary>
    int First { get; }

    /// <summary>Adds the products of all taps to a tile.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="tile">The sums.</param>
    /// <param name="x">The first window's first channel, where the taps are counted from.</param>
    /// <param name="w">The weights of the first tap.</param>
    /// <param name="rows">Where the other windows lie.</param>
    /// <param name="shape">The layer.</param>
    void AddTo<TLanes>(ref SumTile<TLanes> tile, ref float x, ref float w, in TileRows rows, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>;
}
