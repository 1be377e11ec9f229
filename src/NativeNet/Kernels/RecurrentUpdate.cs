using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>The parameters of a recurrent layer along their gradients: lanes over units, rows are what the weights multiply.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecurrentUpdate
{
    /// <summary>Updates a share: tiles of weights of x, then of h, and last the biases.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TSums">The sums of products.</typeparam>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The greatest width; narrow panels take a smaller one.</typeparam>
    /// <param name="x">(blocks, T, I, block).</param>
    /// <param name="inputStride">Floats from sample to sample.</param>
    /// <param name="kept">What training has kept, the sums' gradients in the place of the gates.</param>
    /// <param name="keptStride">Floats from sample to sample.</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="state">The state buffer, updated.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="tile">Scratch for a tile of gradients.</param>
    /// <param name="part">The share, from 0.</param>
    /// <param name="parts">How many shares there are.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Apply<TCell, TSums, TRule, TLanes>(
        ref float x, int inputStride, ref float kept, int keptStride, ref float parameters, ref float state, in TRule rule, ref float tile,
        int part, int parts, in RecurrentShape shape, int block, nuint count, nuint length)
        where TCell : struct, IRecurrentCell
        where TSums : struct, IRecurrentSums
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        int inputTiles = TilesOf<TSums>(shape.Inputs), tiles = inputTiles + TilesOf<TSums>(shape.Units) + 1;
        WorkRange share = WorkRange.Of(tiles, 1, part, parts);
        RecurrentMemory places = RecurrentMemory.Kept<TCell>(shape, block);
        RecurrentFrames frames = FramesOf<TCell>(keptStride, shape, block, count);
        RecurrentFrames ofInputs = frames with { FactorSample = inputStride, FactorFrame = shape.Inputs * block };
        RecurrentFrames ofState = frames with { FactorSample = keptStride, FactorFrame = places.Frame };
        var values = new UpdateTarget(ref parameters, ref state, ref tile, length);
        for (int panel = 0; panel < shape.Panels; panel++)
        {
            int width = shape.Width(panel), row = TCell.Gates * width, first = panel * RecurrentShape.FullWidth * TCell.Gates;
            ref float ds = ref Unsafe.Add(ref kept, TCell.Sums * RecurrentShape.FullWidth * panel);
            for (int i = (int)share.Start; i < (int)share.End; i++)
            {
                if (i == tiles - 1)
                {
                    Biases<TCell, TSums, TRule>(ref ds, frames, values, rule, shape, panel);
                    continue;
                }

                bool isHidden = i >= inputTiles;
                int k = TSums.GradientRows * (isHidden ? i - inputTiles : i), inputs = isHidden ? shape.Units : shape.Inputs;
                int height = Math.Min(TSums.GradientRows, inputs - k), weights = (isHidden ? shape.HiddenWeights : shape.InputWeights) + (first * inputs) + (k * row);
                if (isHidden)
                    TSums.WeightGradients(ref Unsafe.Add(ref kept, places.States + (k * block)), ofState, ref ds, ref tile, shape, panel, height, isHidden);
                else
                    TSums.WeightGradients(ref Unsafe.Add(ref x, k * block), ofInputs, ref ds, ref tile, shape, panel, height, isHidden);

                if (width % TLanes.Count == 0)
                    values.Apply<TRule, TLanes>(rule, ref tile, height * row, weights);
                else
                    values.Apply<TRule, Lanes128>(rule, ref tile, height * row, weights);
            }
        }
    }

    /// <summary>Updates the biases alone.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TSums">The sums of products.</typeparam>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="kept">What training has kept, the sums' gradients in the place of the gates.</param>
    /// <param name="keptStride">Floats from sample to sample.</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="state">The state buffer, updated.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="tile">Scratch for a tile of gradients.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void ApplyBiases<TCell, TSums, TRule>(
        ref float kept, int keptStride, ref float parameters, ref float state, in TRule rule, ref float tile,
        in RecurrentShape shape, int block, nuint count, nuint length)
        where TCell : struct, IRecurrentCell
        where TSums : struct, IRecurrentSums
        where TRule : struct, IUpdateRule<TRule>
    {
        RecurrentFrames frames = FramesOf<TCell>(keptStride, shape, block, count);
        var values = new UpdateTarget(ref parameters, ref state, ref tile, length);
        for (int panel = 0; panel < shape.Panels; panel++)
            Biases<TCell, TSums, TRule>(ref Unsafe.Add(ref kept, TCell.Sums * RecurrentShape.FullWidth * panel), frames, values, rule, shape, panel);
    }

    private static int TilesOf<TSums>(int rows)
        where TSums : struct, IRecurrentSums
        => (rows + TSums.GradientRows - 1) / TSums.GradientRows;

    private static RecurrentFrames FramesOf<TCell>(int keptStride, in RecurrentShape shape, int block, nuint count)
        where TCell : struct, IRecurrentCell
    {
        int plane = TCell.Sums * shape.Plane;
        return new((int)count, block, keptStride, RecurrentMemory.Kept<TCell>(shape, block).Sums, plane);
    }

    private static void Biases<TCell, TSums, TRule>(
        ref float ds, in RecurrentFrames frames, in UpdateTarget values, in TRule rule, in RecurrentShape shape, int panel)
        where TCell : struct, IRecurrentCell
        where TSums : struct, IRecurrentSums
        where TRule : struct, IUpdateRule<TRule>
    {
        int width = shape.Width(panel), first = panel * RecurrentShape.FullWidth;
        TSums.BiasGradients(frames, ref ds, ref values.Tile, shape, panel);
        TRule ofVectors = TRule.ForVectors(in rule);
        values.Apply<TRule, Lanes128>(ofVectors, ref values.Tile, TCell.Gates * width, shape.Biases + (first * TCell.Gates));
        if (TCell.Sums > TCell.Gates)
            values.Apply<TRule, Lanes128>(ofVectors, ref Unsafe.Add(ref values.Tile, TCell.Gates * width), width, shape.HiddenBiases + first);
    }

    /// <summary>What a rule changes.</summary>
    private readonly ref struct UpdateTarget
    {
        private readonly ref float _parameters;
        private readonly ref float _state;
        private readonly nuint _length;

        public UpdateTarget(ref float parameters, ref float state, ref float tile, nuint length)
        {
            _parameters = ref parameters;
            _state = ref state;
            Tile = ref tile;
            _length = length;
        }

        /// <summary>Room for a tile of gradients.</summary>
        public readonly ref float Tile;

        /// <summary>Applies the rule to parameters side by side.</summary>
        public void Apply<TRule, TLanes>(in TRule rule, ref float gradients, int count, int index)
            where TRule : struct, IUpdateRule<TRule>
            where TLanes : struct, ILanes<TLanes>
            => ParameterUpdate.Apply<TRule, TLanes>(in rule, ref gradients, 1, (nuint)count, ref _parameters, ref _state, (nuint)index, 0, _length);
    }
}
