using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>
/// The parameters of a transposed convolution: ∂w = Σ x · ∂z and ∂bias = Σ ∂z over samples and windows, in 16 chains of samples,
/// handed to the rule when the batch is summed. Lanes are chains, rows are filters, one product after the other.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ConvTransposeUpdate
{
    private const int Chains = RowSum.PartialSums;

    /// <summary>Filters whose chains a thread's scratch has room for, twice, behind a tile of gradients.</summary>
    private const int FiltersAtOnce = 32;

    /// <summary>The update of a share of the products; the share with the last one has the biases.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="x">(blocks, windows, channels, block).</param>
    /// <param name="dz">(blocks, positions, filters, block).</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="state">The state buffer, updated.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="tile">A thread's scratch: 256 floats, and 16 chains of 32 filters, twice.</param>
    /// <param name="share">The products: kernel rows, kernel columns, channels.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="samples">The samples that are summed.</param>
    /// <param name="length">The floats of the parameter buffer.</param>
    public static void Apply<TRule, TLanes>(
        ref float x, ref float dz, ref float parameters, ref float state, in TRule rule, ref float tile, WorkRange share,
        in ConvTransposeShape shape, int block, SampleShare samples, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        ref float chains = ref Unsafe.Add(ref tile, SampleChains.Offset);
        for (int product = (int)share.Start; product < (int)share.End; product++)
        {
            for (int n = 0; n < shape.Filters; n += FiltersAtOnce)
            {
                int filters = Math.Min(FiltersAtOnce, shape.Filters - n), columns = (filters + 3) / 4 * 4;
                Sum<TLanes>(ref x, ref Unsafe.Add(ref dz, n * block), ref chains, product, filters, shape, block, samples);
                if (!samples.End(ref chains, filters))
                    continue;

                MemoryMarshal.CreateSpan(ref tile, columns).Clear(); // padding stays 0
                SampleChains.Fold(ref chains, 1, FiltersAtOnce, filters, ref tile);
                ParameterUpdate.Apply<TRule, Lanes128>(
                    in rule, ref tile, 1, (nuint)columns, ref parameters, ref state, (nuint)(shape.Weights + (product * shape.WeightStride) + n), 0, length);
            }
        }

        if (shape.Biases >= 0 && share.HasLast((nuint)(shape.Window.Taps * shape.Channels)))
        {
            var batch = new ChannelBatch((nuint)(shape.Window.Vertical.Input * shape.Window.Horizontal.Input), (nuint)shape.Filters, (nuint)block, samples);
            BiasUpdate.Apply<TRule, TLanes>(in rule, ref dz, batch, ref tile, ref parameters, ref state, (nuint)shape.Biases, length);
        }
    }

    /// <summary>The chains of one product, sixteen samples after the other.</summary>
    private static void Sum<TLanes>(
        ref float x, ref float dz, ref float chains, int product, int filters, in ConvTransposeShape shape, int block, in SampleShare samples)
        where TLanes : struct, ILanes<TLanes>
    {
        int group = Math.Min(block, Chains), kept = FiltersAtOnce * Chains;
        int inputs = shape.Window.OutputPositions * shape.Channels, outputs = shape.Window.InputLength;
        samples.Begin(ref chains, filters);
        for (int b = (int)samples.First; b < (int)samples.Stop; b += group)
        {
            int sample = b % block, rest = (int)samples.Stop - b;
            ref float xb = ref Unsafe.Add(ref x, ((nint)(b - sample) * inputs) + sample);
            ref float dzb = ref Unsafe.Add(ref dz, ((nint)(b - sample) * outputs) + sample);
            if (rest < group)
                SampleChains.Keep(ref chains, filters, kept);

            for (int lane = 0; lane < Math.Min(group, rest); lane += TLanes.Count)
                AddWindows<TLanes>(ref Unsafe.Add(ref xb, lane), ref Unsafe.Add(ref dzb, lane), ref Unsafe.Add(ref chains, lane), product, filters, shape, block);

            if (rest < group)
                SampleChains.Restore(ref chains, filters, kept, (nuint)rest);
        }
    }

    /// <summary>The windows that have the product's tap inside the output, for one vector of samples.</summary>
    private static void AddWindows<TLanes>(
        ref float x, ref float dz, ref float chains, int product, int filters, in ConvTransposeShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        nint window = (nint)shape.Channels * block, position = (nint)shape.Filters * block;
        nint across = shape.Window.Horizontal.Stride * position, down = (nint)shape.Window.Vertical.Stride * shape.Window.Horizontal.Input * position;
        var windows = new TapWindows(shape.Window, product / shape.Channels, 0, shape.Window.Vertical.Output);
        x = ref Unsafe.Add(ref x, (windows.First * window) + ((nint)(product % shape.Channels) * block));
        dz = ref Unsafe.Add(ref dz, windows.FirstInput * position);
        for (int n = 0; n < filters; n += TileRows.Most)
        {
            int own = Math.Min(TileRows.Most, filters - n);
            TileRows rows = new(own, block), sums = new(own, Chains);
            ref float sum = ref Unsafe.Add(ref chains, n * Chains), xk = ref x, dzk = ref Unsafe.Add(ref dz, n * block);
            SumTile<TLanes> tile = SumTile<TLanes>.Load(ref sum, sums);
            for (int y = 0; y < windows.Rows; y++)
            {
                tile.AddVectors(ref xk, window, ref dzk, rows, across, windows.Columns);
                xk = ref Unsafe.Add(ref xk, shape.Window.Horizontal.Output * window);
                dzk = ref Unsafe.Add(ref dzk, down);
            }

            tile.Store(ref sum, sums);
        }
    }
}
