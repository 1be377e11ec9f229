using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>
/// ∂w[k, n] = Σᵦ x[b, k] · ∂z[b, n] and ∂bias[n] = Σᵦ ∂z[b, n], each handed to the rule as it is summed: lanes over units,
/// rows are inputs.
/// </summary>
internal static class DenseUpdate
{
    /// <summary>The update of a share of the inputs; one share has the biases.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The greatest width; narrow panels take a smaller one.</typeparam>
    /// <param name="x">(count, inputs).</param>
    /// <param name="inputStride">Floats from sample to sample.</param>
    /// <param name="dz">(count, units), 0 in the padding.</param>
    /// <param name="outputStride">Floats from sample to sample.</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="state">The state buffer, updated.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="tile">Scratch for a tile.</param>
    /// <param name="share">The inputs, cut at <see cref="TileRows.Most"/>.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="count">The samples.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Run<TRule, TLanes>(
        ref float x, int inputStride, ref float dz, int outputStride, ref float parameters, ref float state, in TRule rule,
        ref float tile, WorkRange share, in DenseShape shape, int count, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        for (int panel = 0; panel < shape.Matrix.PanelCount; panel++)
        {
            int width = shape.Matrix.Width(panel);
            if (width % TLanes.Count == 0)
                RunPanel<TRule, TLanes>(ref x, inputStride, ref dz, outputStride, ref parameters, ref state, rule, ref tile, share, shape, panel, count, length);
            else if (width == Lanes256.Count)
                RunPanel<TRule, Lanes256>(ref x, inputStride, ref dz, outputStride, ref parameters, ref state, rule, ref tile, share, shape, panel, count, length);
            else
                RunPanel<TRule, Lanes128>(ref x, inputStride, ref dz, outputStride, ref parameters, ref state, rule, ref tile, share, shape, panel, count, length);
        }
    }

    private static void RunPanel<TRule, TLanes>(
        ref float x, int inputStride, ref float dz, int outputStride, ref float parameters, ref float state, in TRule rule,
        ref float tile, WorkRange share, in DenseShape shape, int panel, int count, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.Matrix.Width(panel), column = panel * shape.Matrix.FullWidth;
        int weights = shape.Weights + shape.Matrix.PanelOffset(panel);
        var tileRows = new TileRows(TileRows.Most, TLanes.Count);
        for (int n = 0; n < width; n += TLanes.Count)
        {
            ref float gradient = ref Unsafe.Add(ref dz, column + n);
            for (int k = (int)share.Start; k < (int)share.End; k += TileRows.Most)
            {
                int rows = Math.Min(TileRows.Most, shape.Inputs - k);
                var sums = new SumTile<TLanes>(TLanes.Create(0));
                sums.Add(ref Unsafe.Add(ref x, k), new TileRows(rows, 1), inputStride, ref gradient, outputStride, count);
                sums.Store(ref tile, tileRows);
                ParameterUpdate.Apply<TRule, TLanes>(
                    in rule, ref tile, (nuint)rows, (nuint)TLanes.Count, ref parameters, ref state, (nuint)(weights + (k * width) + n), (nuint)width, length);
            }

            if (shape.HasBiases && share.HasLast((nuint)shape.Inputs))
            {
                SumSamples<TLanes>(ref gradient, outputStride, count).Store(ref tile, 0);
                ParameterUpdate.Apply<TRule, TLanes>(
                    TRule.ForVectors(in rule), ref tile, 1, (nuint)TLanes.Count, ref parameters, ref state, (nuint)(shape.Biases + column + n), 0, length);
            }
        }
    }

    private static TLanes SumSamples<TLanes>(ref float gradient, int stride, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Create(0);
        for (int b = 0; b < count; b++)
        {
            sum += TLanes.Load(ref gradient, 0);
            gradient = ref Unsafe.Add(ref gradient, stride);
        }

        return sum;
    }
}
