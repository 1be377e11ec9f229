using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>
/// ∂w = Σ x · ∂z and ∂bias = Σ ∂z over samples and windows, in 16 chains of samples, handed to the rule when the batch is
/// summed: lanes are chains, rows are filters, one product after the other.
/// </summary>
internal static class ConvUpdate
{
    private const int Chains = RowSum.PartialSums;

    /// <summary>The update of a share of the products; one share has the biases.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="x">(blocks, positions, channels, block).</param>
    /// <param name="dz">(blocks, windows, filters, block).</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="state">The state buffer, updated.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="tile">The thread's scratch.</param>
    /// <param name="share">The products.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="samples">The samples that are summed.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Run<TRule, TLanes>(
        ref float x, ref float dz, ref float parameters, ref float state, in TRule rule, ref float tile, WorkRange share,
        ConvShape shape, SampleShare samples, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        ref float chains = ref Unsafe.Add(ref tile, shape.TileLength);
        int together = Math.Max(1, shape.SumsAtOnce / shape.UpdateColumns);
        for (int first = (int)share.Start; first < (int)share.End; first += together)
        {
            int end = Math.Min(first + together, (int)share.End);
            for (int n = 0; n < shape.WeightStride; n += shape.UpdateColumns)
            {
                var part = new Part(first, end, n, Math.Min(n + shape.UpdateColumns, shape.Filters));
                Sum<TLanes>(ref x, ref dz, ref chains, part, shape, samples);
                if (samples.End(ref chains, part.Products * shape.UpdateColumns))
                    Apply<TRule, TLanes>(ref chains, part, ref parameters, ref state, rule, ref tile, shape, length);
            }
        }

        if (shape.Biases >= 0 && share.HasLast((nuint)shape.Products))
        {
            var batch = new ChannelBatch((nuint)shape.Window.OutputPositions, (nuint)shape.Filters, (nuint)shape.Block, samples);
            BiasUpdate.Apply<TRule, TLanes>(in rule, ref dz, batch, ref tile, ref parameters, ref state, (nuint)shape.Biases, length);
        }
    }

    /// <summary>
    /// Sixteen samples after the other; of those a few rows of windows after the other, which stay in the first-level cache
    /// until every product has seen them.
    /// </summary>
    private static void Sum<TLanes>(ref float x, ref float dz, ref float chains, in Part part, ConvShape shape, in SampleShare samples)
        where TLanes : struct, ILanes<TLanes>
    {
        int sums = part.Products * shape.UpdateColumns, group = Math.Min(shape.Block, Chains), kept = sums * Chains;
        samples.Begin(ref chains, sums);
        for (int b = (int)samples.First; b < (int)samples.Stop; b += group)
        {
            int sample = b % shape.Block, rest = (int)samples.Stop - b;
            ref float xb = ref Unsafe.Add(ref x, ((nint)(b - sample) * shape.Window.InputLength) + sample);
            ref float dzb = ref Unsafe.Add(ref dz, ((nint)(b - sample) * shape.Window.OutputPositions * shape.Filters) + sample);
            if (rest < group)
                SampleChains.Keep(ref chains, sums, kept);

            for (int row = 0; row < shape.Window.Vertical.Output; row += shape.Strip)
            {
                ref float product = ref chains;
                for (int p = part.First; p < part.End; p++)
                {
                    for (int lane = 0; lane < Math.Min(group, rest); lane += TLanes.Count)
                        SumProduct<TLanes>(ref Unsafe.Add(ref xb, lane), ref Unsafe.Add(ref dzb, lane), ref Unsafe.Add(ref product, lane), p, row, part, shape);
                    product = ref Unsafe.Add(ref product, shape.UpdateColumns * Chains);
                }
            }

            if (rest < group)
                SampleChains.Restore(ref chains, sums, kept, (nuint)rest);
        }
    }

    /// <summary>One product over a few rows of windows, for one vector of samples.</summary>
    private static void SumProduct<TLanes>(ref float x, ref float dz, ref float chains, int product, int row, in Part part, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        int block = shape.Block, filters;
        nint inputPosition = (nint)shape.Window.Channels * block, outputPosition = (nint)shape.Filters * block;
        nint across = shape.Window.Horizontal.Stride * inputPosition, down = (nint)shape.Window.Vertical.Stride * shape.Window.Horizontal.Input * inputPosition;
        var windows = new TapWindows(shape.Window, product / shape.TapProducts, row, shape.Strip);
        x = ref Unsafe.Add(ref x, (windows.FirstInput * inputPosition) + ((nint)(product % shape.TapProducts) * block));
        dz = ref Unsafe.Add(ref dz, windows.First * outputPosition);
        for (int n = part.FirstFilter; n < part.EndFilter; n += filters)
        {
            filters = shape.TileFilters(n, part.EndFilter);
            TileRows rows = new(filters, block), sums = new(filters, Chains);
            ref float own = ref Unsafe.Add(ref chains, (n - part.FirstFilter) * Chains);
            ref float xk = ref Unsafe.Add(ref x, (nint)shape.ChannelOf(n) * block), dzk = ref Unsafe.Add(ref dz, (nint)n * block);
            SumTile<TLanes> tile = SumTile<TLanes>.Load(ref own, sums);
            for (int y = 0; y < windows.Rows; y++)
            {
                if (shape.IsDepthwise)
                    tile.AddPairs(ref xk, across, ref dzk, rows, outputPosition, windows.Columns);
                else
                    tile.AddVectors(ref xk, across, ref dzk, rows, outputPosition, windows.Columns);
                xk = ref Unsafe.Add(ref xk, down);
                dzk = ref Unsafe.Add(ref dzk, shape.Window.Horizontal.Output * outputPosition);
            }

            tile.Store(ref own, sums);
        }
    }

    /// <summary>Hands the sums to the rule, one product after the other.</summary>
    private static void Apply<TRule, TLanes>(
        ref float chains, in Part part, ref float parameters, ref float state, in TRule rule, ref float tile, ConvShape shape, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        int columns = shape.UpdateColumns;
        MemoryMarshal.CreateSpan(ref tile, columns).Clear();
        for (int p = part.First; p < part.End; p++)
        {
            SampleChains.Fold(ref Unsafe.Add(ref chains, (p - part.First) * columns * Chains), 1, columns, part.EndFilter - part.FirstFilter, ref tile);
            nuint index = (nuint)(shape.Weights + (p * shape.WeightStride) + part.FirstFilter);
            if (columns % TLanes.Count == 0)
                ParameterUpdate.Apply<TRule, TLanes>(in rule, ref tile, 1, (nuint)columns, ref parameters, ref state, index, 0, length);
            else
                ParameterUpdate.Apply<TRule, Lanes128>(in rule, ref tile, 1, (nuint)columns, ref parameters, ref state, index, 0, length);
        }
    }

    /// <summary>The sums that are made together.</summary>
    /// <param name="First">The first product.</param>
    /// <param name="End">Behind the last product.</param>
    /// <param name="FirstFilter">The first filter.</param>
    /// <param name="EndFilter">Behind the last filter.</param>
    private readonly record struct Part(int First, int End, int FirstFilter, int EndFilter)
    {
        /// <summary>How many products.</summary>
        public int Products => End - First;
    }
}
