using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>z[b, n] = bias[n] + Σₖ x[b, k] · w[k, n]: lanes over units, rows are samples.</summary>
internal static class DenseForward
{
    private const int MostChains = 16;

    /// <summary>The sums of any number of samples.</summary>
    /// <typeparam name="TLanes">The greatest width; narrow panels take a smaller one.</typeparam>
    /// <param name="x">(count, inputs).</param>
    /// <param name="inputStride">Floats from sample to sample.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="z">(count, units), overwritten with padding.</param>
    /// <param name="outputStride">Floats from sample to sample.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="count">The samples.</param>
    [SkipLocalsInit]
    public static void Run<TLanes>(
        ref float x, int inputStride, ref float parameters, ref float z, int outputStride, in DenseShape shape, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> room = stackalloc float[MostChains * TileRows.Most * TLanes.Count];
        ref float chains = ref MemoryMarshal.GetReference(room);
        for (int panel = 0; panel < shape.Matrix.PanelCount; panel++)
        {
            int width = shape.Matrix.Width(panel), column = panel * shape.Matrix.FullWidth;
            ref float w = ref Unsafe.Add(ref parameters, shape.Weights + shape.Matrix.PanelOffset(panel));
            ref float bias = ref shape.HasBiases ? ref Unsafe.Add(ref parameters, shape.Biases + column) : ref Unsafe.NullRef<float>(), outputs = ref Unsafe.Add(ref z, column);
            if (width % TLanes.Count == 0)
                RunPanel<TLanes>(ref x, inputStride, ref w, ref bias, width, ref outputs, outputStride, shape, ref chains, count);
            else if (width == Lanes256.Count)
                RunPanel<Lanes256>(ref x, inputStride, ref w, ref bias, width, ref outputs, outputStride, shape, ref chains, count);
            else
                RunPanel<Lanes128>(ref x, inputStride, ref w, ref bias, width, ref outputs, outputStride, shape, ref chains, count);
        }
    }

    private static void RunPanel<TLanes>(
        ref float x, int inputStride, ref float w, ref float bias, int width, ref float z, int outputStride, in DenseShape shape,
        ref float chains, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int n = 0; n < width; n += TLanes.Count)
        {
            for (int b = 0; b < count; b += TileRows.Most)
            {
                int rows = Math.Min(TileRows.Most, count - b);
                SumTile<TLanes> tile = Sum<TLanes>(
                    ref Unsafe.Add(ref x, (nint)b * inputStride), new TileRows(rows, inputStride), ref Unsafe.Add(ref w, n), width,
                    shape.HasBiases ? TLanes.Load(ref bias, (nuint)n) : TLanes.Create(0), shape, ref chains);
                tile.Store(ref Unsafe.Add(ref z, ((nint)b * outputStride) + n), new TileRows(rows, outputStride));
            }
        }
    }

    /// <summary>One chain after the other; then they are added in halves.</summary>
    private static SumTile<TLanes> Sum<TLanes>(
        ref float x, in TileRows rows, ref float w, int width, TLanes bias, in DenseShape shape, ref float chains)
        where TLanes : struct, ILanes<TLanes>
    {
        int tileLength = TileRows.Most * TLanes.Count;
        var all = new TileRows(TileRows.Most, TLanes.Count);
        SumTile<TLanes> tile = default;
        for (int chain = 0; chain < shape.Chains; chain++)
        {
            tile = new SumTile<TLanes>(chain == 0 ? bias : TLanes.Create(0));
            int products = (shape.Inputs - chain + shape.Chains - 1) / shape.Chains;
            tile.Add(ref Unsafe.Add(ref x, chain), rows, shape.Chains, ref Unsafe.Add(ref w, (nint)chain * width), (nint)shape.Chains * width, products);
            if (shape.Chains > 1)
                tile.Store(ref Unsafe.Add(ref chains, chain * tileLength), all);
        }

        if (shape.Chains == 1)
            return tile;

        for (int half = shape.Chains / 2; half > 0; half /= 2)
        {
            ref float upper = ref Unsafe.Add(ref chains, half * tileLength);
            for (nuint i = 0; i < (nuint)(half * tileLength); i += (nuint)TLanes.Count)
                (TLanes.Load(ref chains, i) + TLanes.Load(ref upper, i)).Store(ref chains, i);
        }

        return SumTile<TLanes>.Load(ref chains, all);
    }
}
