using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>∂x[k, b] = Σₙ w[k, n] · ∂z[n, b]: lanes over the samples of a block, rows are inputs, the weights as they lie.</summary>
internal static class DenseInputGradient
{
    /// <summary>The gradient of a block's inputs.</summary>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="dz">(units, block).</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="dx">(inputs, block), overwritten or added to.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="count">The samples there are.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    public static void Run<TLanes>(
        ref float dz, ref float parameters, ref float dx, in DenseShape shape, int block, int count, bool adds)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int b = 0; b < count; b += TLanes.Count)
        {
            for (int k = 0; k < shape.Inputs; k += TileRows.Most)
            {
                int rows = Math.Min(TileRows.Most, shape.Inputs - k);
                SumTile<TLanes> tile = Sum<TLanes>(ref Unsafe.Add(ref dz, b), ref Unsafe.Add(ref parameters, shape.Weights), k, rows, shape, block);
                ref float target = ref Unsafe.Add(ref dx, ((nint)k * block) + b);
                var targets = new TileRows(rows, block);
                if (adds)
                    tile.AddTo(ref target, targets);
                else
                    tile.Store(ref target, targets);
            }
        }
    }

    private static SumTile<TLanes> Sum<TLanes>(ref float dz, ref float weights, int k, int rows, in DenseShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        var tile = new SumTile<TLanes>(TLanes.Create(0));
        for (int panel = 0; panel < shape.Matrix.PanelCount; panel++)
        {
            int width = shape.Matrix.Width(panel), column = panel * shape.Matrix.FullWidth;
            ref float w = ref Unsafe.Add(ref weights, shape.Matrix.PanelOffset(panel) + (k * width));
            tile.Add(
                ref w, new TileRows(rows, width), 1, ref Unsafe.Add(ref dz, (nint)column * block), block, Math.Min(width, shape.Units - column));
        }

        return tile;
    }
}
