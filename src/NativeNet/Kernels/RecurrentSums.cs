using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>The sums of products of a recurrent layer over the samples of a block: lanes over samples, rows are what is summed for.</summary>
internal static class RecurrentSums
{
    /// <summary>The gate of a sum: a gru's fourth is another of n.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <param name="sum">From 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int GateOf<TCell>(int sum)
        where TCell : struct, IRecurrentCell
        => Math.Min(sum, TCell.Gates - 1);

    /// <summary>The sum that a gate's weights of h belong to.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <param name="gate">From 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int HiddenSumOf<TCell>(int gate)
        where TCell : struct, IRecurrentCell
        => gate == TCell.Gates - 1 ? TCell.Sums - 1 : gate;

    /// <summary>The sums of the units of a panel, for one frame: x and h in two chains.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(I, block).</param>
    /// <param name="h">(H, block).</param>
    /// <param name="sums">(sums, units, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Forward<TCell, TLanes>(
        ref float x, ref float h, ref float sums, ref float parameters, in RecurrentShape shape, int panel, int block)
        where TCell : struct, IRecurrentCell
        where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.Width(panel), row = TCell.Gates * width, units = shape.UnitsOf(panel), first = panel * RecurrentShape.FullWidth;
        ref float inputs = ref Unsafe.Add(ref parameters, shape.InputWeights + (first * TCell.Gates * shape.Inputs));
        ref float hidden = ref Unsafe.Add(ref parameters, shape.HiddenWeights + (first * TCell.Gates * shape.Units));
        for (int sum = 0; sum < TCell.Sums; sum++)
        {
            int gate = GateOf<TCell>(sum);
            bool isHiddenOnly = sum >= TCell.Gates, isInputOnly = !isHiddenOnly && HiddenSumOf<TCell>(gate) != sum;
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

    /// <summary>What the sums of a frame leave for the state before it: dh becomes dh + Σ ds · u.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="ds">The gradients of the sums, panel by panel (sums, units, block).</param>
    /// <param name="dh">(H, block), what each chain starts from, overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void ToState<TCell, TLanes>(ref float ds, ref float dh, ref float parameters, in RecurrentShape shape, int block)
        where TCell : struct, IRecurrentCell
        where TLanes : struct, ILanes<TLanes>
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
                AddGates<TCell, TLanes>(ref tile, ref weights, shape.Units, j, count, ref Unsafe.Add(ref ds, b), shape, block, isHidden: true);
                tile.Store(ref sum, rows);
            }
        }
    }

    /// <summary>The gradient of a frame's inputs: Σ ds · w.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="ds">The gradients of the sums, panel by panel (sums, units, block).</param>
    /// <param name="dx">(I, block), overwritten or added to.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    public static void ToInputs<TCell, TLanes>(ref float ds, ref float dx, ref float parameters, in RecurrentShape shape, int block, bool adds)
        where TCell : struct, IRecurrentCell
        where TLanes : struct, ILanes<TLanes>
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
                AddGates<TCell, TLanes>(ref tile, ref weights, shape.Inputs, k, count, ref Unsafe.Add(ref ds, b), shape, block, isHidden: false);
                if (adds)
                    tile.AddTo(ref sum, rows);
                else
                    tile.Store(ref sum, rows);
            }
        }
    }

    /// <summary>Even elements into one chain, odd ones into the other.</summary>
    private static void AddPairs<TLanes>(
        ref SumTile<TLanes> even, ref SumTile<TLanes> odd, ref float weights, in TileRows rows, int row, ref float values, int block, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        even.Add(ref weights, rows, 2 * row, ref values, 2 * block, (count + 1) / 2);
        if (count > 1)
            odd.Add(ref Unsafe.Add(ref weights, row), rows, 2 * row, ref Unsafe.Add(ref values, block), 2 * block, count / 2);
    }

    /// <summary>One chain over gates, in each over the units ascending.</summary>
    private static void AddGates<TCell, TLanes>(
        ref SumTile<TLanes> tile, ref float weights, int rows, int first, int count, ref float ds, in RecurrentShape shape, int block, bool isHidden)
        where TCell : struct, IRecurrentCell
        where TLanes : struct, ILanes<TLanes>
    {
        for (int gate = 0; gate < TCell.Gates; gate++)
        {
            int sum = isHidden ? HiddenSumOf<TCell>(gate) : gate;
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
