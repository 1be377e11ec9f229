using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>The sums of products of a recurrent layer of any size.</summary>
/// <typeparam name="TCell">The cell.</typeparam>
/// <typeparam name="TLanes">The greatest width, at most that of a block; narrow panels take a smaller one.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RecurrentSums<TCell, TLanes> : IRecurrentSums
    where TCell : struct, IRecurrentCell
    where TLanes : struct, ILanes<TLanes>
{
    /// <inheritdoc/>
    public static int GradientRows => TileRows.Most;

    /// <inheritdoc/>
    public static void OneFrame(ref float x, ref float before, ref float behind, ref float sums, ref float parameters, in RecurrentShape shape)
    {
        for (int panel = 0; panel < shape.Panels; panel++)
        {
            int width = shape.Width(panel);
            if (width % TLanes.Count == 0)
                OnePanel<TLanes>(ref x, ref before, ref behind, ref sums, ref parameters, shape, panel);
            else if (width == Lanes256.Count)
                OnePanel<Lanes256>(ref x, ref before, ref behind, ref sums, ref parameters, shape, panel);
            else
                OnePanel<Lanes128>(ref x, ref before, ref behind, ref sums, ref parameters, shape, panel);
        }
    }

    /// <inheritdoc/>
    public static void Frames(ref float x, ref float h, ref float sums, ref float parameters, in RecurrentShape shape, int panel, int block)
    {
        int width = shape.Width(panel), row = TCell.Gates * width, units = shape.UnitsOf(panel), first = panel * RecurrentShape.FullWidth;
        ref float inputs = ref Unsafe.Add(ref parameters, shape.InputWeights + (first * TCell.Gates * shape.Inputs));
        ref float hidden = ref Unsafe.Add(ref parameters, shape.HiddenWeights + (first * TCell.Gates * shape.Units));
        for (int sum = 0; sum < TCell.Sums; sum++)
        {
            int gate = Math.Min(sum, TCell.Gates - 1);
            bool isHiddenOnly = sum >= TCell.Gates, isInputOnly = !isHiddenOnly && SumOf(gate, isHidden: true) != sum;
            ref float bias = ref Unsafe.Add(ref parameters, isHiddenOnly ? shape.HiddenBiases + first : shape.Biases + (first * TCell.Gates) + (gate * width));
            for (int unit = 0; unit < units; unit += TileRows.Most)
            {
                int count = Math.Min(TileRows.Most, units - unit);
                TileRows weights = new(count, 1), outputs = new(count, block);
                ref float w = ref Unsafe.Add(ref inputs, (gate * width) + unit), u = ref Unsafe.Add(ref hidden, (gate * width) + unit);
                ref float output = ref Unsafe.Add(ref sums, ((sum * width) + unit) * block);
                for (int b = 0; b < block; b += TLanes.Count)
                {
                    var even = SumTile<TLanes>.Broadcast(ref Unsafe.Add(ref bias, unit), weights);
                    var odd = new SumTile<TLanes>(TLanes.Create(0));
                    if (!isHiddenOnly)
                        AddPairs(ref even, ref odd, ref w, weights, row, ref Unsafe.Add(ref x, b), block, shape.Inputs);
                    if (!isInputOnly)
                        AddPairs(ref even, ref odd, ref u, weights, row, ref Unsafe.Add(ref h, b), block, shape.Units);
                    even.Store(ref Unsafe.Add(ref output, b), outputs);
                    odd.AddTo(ref Unsafe.Add(ref output, b), outputs);
                }
            }
        }
    }

    /// <inheritdoc/>
    public static void ToState(ref float ds, ref float dh, ref float parameters, in RecurrentShape shape, int block)
    {
        ref float weights = ref Unsafe.Add(ref parameters, shape.HiddenWeights);
        for (int j = 0; j < shape.Units; j += TileRows.Most)
        {
            int count = Math.Min(TileRows.Most, shape.Units - j);
            TileRows rows = new(count, block);
            for (int b = 0; b < block; b += TLanes.Count)
            {
                ref float sum = ref Unsafe.Add(ref dh, (j * block) + b);
                var tile = SumTile<TLanes>.Load(ref sum, rows);
                AddGates(ref tile, ref weights, shape.Units, j, count, ref Unsafe.Add(ref ds, b), shape, block, isHidden: true);
                tile.Store(ref sum, rows);
            }
        }
    }

    /// <inheritdoc/>
    public static void ToInputs(ref float ds, ref float dx, ref float parameters, in RecurrentShape shape, int block, bool adds)
    {
        ref float weights = ref Unsafe.Add(ref parameters, shape.InputWeights);
        for (int k = 0; k < shape.Inputs; k += TileRows.Most)
        {
            int count = Math.Min(TileRows.Most, shape.Inputs - k);
            TileRows rows = new(count, block);
            for (int b = 0; b < block; b += TLanes.Count)
            {
                ref float sum = ref Unsafe.Add(ref dx, (k * block) + b);
                var tile = new SumTile<TLanes>(TLanes.Create(0));
                AddGates(ref tile, ref weights, shape.Inputs, k, count, ref Unsafe.Add(ref ds, b), shape, block, isHidden: false);
                if (adds)
                    tile.AddTo(ref sum, rows);
                else
                    tile.Store(ref sum, rows);
            }
        }
    }

    /// <inheritdoc/>
    public static void WeightGradients(
        ref float factors, in RecurrentFrames frames, ref float ds, ref float gradients, in RecurrentShape shape, int panel, int rows, bool isHidden)
    {
        int width = shape.Width(panel);
        if (width % TLanes.Count == 0)
            WeightGradients<TLanes>(ref factors, frames, ref ds, ref gradients, shape, width, rows, isHidden);
        else if (width == Lanes256.Count)
            WeightGradients<Lanes256>(ref factors, frames, ref ds, ref gradients, shape, width, rows, isHidden);
        else
            WeightGradients<Lanes128>(ref factors, frames, ref ds, ref gradients, shape, width, rows, isHidden);
    }

    /// <inheritdoc/>
    public static void BiasGradients(in RecurrentFrames frames, ref float ds, ref float gradients, in RecurrentShape shape, int panel)
    {
        int length = TCell.Sums * shape.Width(panel);
        for (int i = 0; i < length; i += Lanes128.Count)
        {
            Lanes128 total = Lanes128.Create(0);
            for (int t = 0; t < shape.Steps; t++)
            {
                for (int b = 0; b < frames.Count; b++)
                {
                    int inside = b % frames.Block;
                    total += Lanes128.Load(ref ds, (nuint)(((b - inside) * frames.Sample) + (t * frames.Frame) + (inside * frames.Row) + i));
                }
            }

            total.Store(ref gradients, (nuint)i);
        }
    }

    /// <summary>The sum that a gate's weights belong to: those of a gru's n of h to the fourth.</summary>
    private static int SumOf(int gate, bool isHidden)
        => isHidden && gate == TCell.Gates - 1 ? TCell.Sums - 1 : gate;

    private static void OnePanel<TPanel>(
        ref float x, ref float before, ref float behind, ref float sums, ref float parameters, in RecurrentShape shape, int panel)
        where TPanel : struct, ILanes<TPanel>
    {
        int width = shape.Width(panel), first = panel * RecurrentShape.FullWidth, both = TCell.Sums > TCell.Gates ? TCell.Gates - 1 : TCell.Gates;
        ref float own = ref Unsafe.Add(ref sums, TCell.Sums * first);
        ref float inputs = ref Unsafe.Add(ref parameters, shape.InputWeights + (first * TCell.Gates * shape.Inputs));
        ref float hidden = ref Unsafe.Add(ref parameters, shape.HiddenWeights + (first * TCell.Gates * shape.Units));
        ref float biases = ref Unsafe.Add(ref parameters, shape.Biases + (first * TCell.Gates));
        for (int unit = 0; unit < width; unit += TPanel.Count)
        {
            int split = (both * width) + unit;
            ref float w = ref Unsafe.Add(ref inputs, unit), u = ref Unsafe.Add(ref hidden, unit), result = ref Unsafe.Add(ref own, unit);
            SumGates<TPanel>(ref x, ref w, shape.Inputs, ref before, ref u, shape.Units, ref Unsafe.Add(ref biases, unit), ref result, both, width);
            if (both == TCell.Gates)
                continue;

            // The last gate has one sum over x and one over h.
            SumGates<TPanel>(
                ref x, ref Unsafe.Add(ref inputs, split), shape.Inputs, ref before, ref u, 0, ref Unsafe.Add(ref biases, split), ref Unsafe.Add(ref own, split), 1, width);
            SumGates<TPanel>(
                ref x, ref w, 0, ref before, ref Unsafe.Add(ref hidden, split), shape.Units,
                ref Unsafe.Add(ref parameters, shape.HiddenBiases + first + unit), ref Unsafe.Add(ref own, split + width), 1, width);
        }

        TCell.Forward<TPanel>(ref own, ref Unsafe.Add(ref before, first), ref Unsafe.Add(ref behind, first), (nuint)shape.Plane, (nuint)width);
    }

    /// <summary>The sums of one vector of units for some gates side by side: x and then h, each in two chains.</summary>
    private static void SumGates<TPanel>(
        ref float x, ref float w, int inputs, ref float h, ref float u, int units, ref float biases, ref float sums, int gates, int width)
        where TPanel : struct, ILanes<TPanel>
    {
        TileRows rows = new(gates, width);
        SumTile<TPanel> even = SumTile<TPanel>.Load(ref biases, rows), odd = new(TPanel.Create(0));
        AddElements(ref even, ref odd, ref x, ref w, inputs, rows, TCell.Gates * width);
        AddElements(ref even, ref odd, ref h, ref u, units, rows, TCell.Gates * width);
        even.Store(ref sums, rows);
        odd.AddTo(ref sums, rows);
    }

    /// <summary>Even elements into one chain, odd ones into the other; each is multiplied with a vector of every gate.</summary>
    private static void AddElements<TPanel>(
        ref SumTile<TPanel> even, ref SumTile<TPanel> odd, ref float values, ref float weights, int count, in TileRows rows, int row)
        where TPanel : struct, ILanes<TPanel>
    {
        TileRows same = new(rows.Count, 0);
        even.AddEach(ref values, same, 2, ref weights, rows, 2 * row, (count + 1) / 2);
        if (count > 1)
            odd.AddEach(ref Unsafe.Add(ref values, 1), same, 2, ref Unsafe.Add(ref weights, row), rows, 2 * row, count / 2);
    }

    private static void WeightGradients<TPanel>(
        ref float factors, in RecurrentFrames frames, ref float ds, ref float gradients, in RecurrentShape shape, int width, int rows, bool isHidden)
        where TPanel : struct, ILanes<TPanel>
    {
        TileRows factorRows = new(rows, frames.Block), gradientRows = new(rows, TCell.Gates * width);
        for (int gate = 0; gate < TCell.Gates; gate++)
        {
            for (int unit = 0; unit < width; unit += TPanel.Count)
            {
                ref float own = ref Unsafe.Add(ref ds, (SumOf(gate, isHidden) * width) + unit);
                var sums = new SumTile<TPanel>(TPanel.Create(0));
                for (int t = 0; t < shape.Steps; t++)
                {
                    for (int b = 0; b < frames.Count; b += frames.Block)
                    {
                        sums.Add(
                            ref Unsafe.Add(ref factors, (b * frames.FactorSample) + (t * frames.FactorFrame)), factorRows, 1,
                            ref Unsafe.Add(ref own, (b * frames.Sample) + (t * frames.Frame)), frames.Row, Math.Min(frames.Block, frames.Count - b));
                    }
                }

                sums.Store(ref Unsafe.Add(ref gradients, (gate * width) + unit), gradientRows);
            }
        }
    }

    /// <summary>Even elements into one chain, odd ones into the other.</summary>
    private static void AddPairs(
        ref SumTile<TLanes> even, ref SumTile<TLanes> odd, ref float weights, in TileRows rows, int row, ref float values, int block, int count)
    {
        even.Add(ref weights, rows, 2 * row, ref values, 2 * block, (count + 1) / 2);
        if (count > 1)
            odd.Add(ref Unsafe.Add(ref weights, row), rows, 2 * row, ref Unsafe.Add(ref values, block), 2 * block, count / 2);
    }

    /// <summary>One chain over gates, in each over the units ascending.</summary>
    private static void AddGates(
        ref SumTile<TLanes> tile, ref float weights, int rows, int first, int count, ref float ds, in RecurrentShape shape, int block, bool isHidden)
    {
        for (int gate = 0; gate < TCell.Gates; gate++)
        {
            int sum = SumOf(gate, isHidden);
            for (int panel = 0; panel < shape.Panels; panel++)
            {
                int width = shape.Width(panel), row = TCell.Gates * width, start = panel * RecurrentShape.FullWidth;
                tile.Add(
                    ref Unsafe.Add(ref weights, (start * TCell.Gates * rows) + (first * row) + (gate * width)), new TileRows(count, row), 1,
                    ref Unsafe.Add(ref ds, ((start * TCell.Sums) + (sum * width)) * block), block, shape.UnitsOf(panel));
            }
        }
    }
}
