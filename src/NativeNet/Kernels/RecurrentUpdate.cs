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
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The greatest width; narrow panels take a smaller one.</typeparam>
    /// <param name="x">(blocks, T, I, block).</param>
    /// <param name="inputStride">Floats from sample to sample.</param>
    /// <param name="kept">What training has kept, the sums' gradients in the place of the gates.</param>
    /// <param name="keptStride">Floats from sample to sample.</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="state">The state buffer, updated.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="tile">Scratch of 256 floats.</param>
    /// <param name="part">The share, from 0.</param>
    /// <param name="parts">How many shares there are.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Apply<TCell, TRule, TLanes>(
        ref float x, int inputStride, ref float kept, int keptStride, ref float parameters, ref float state, in TRule rule, ref float tile,
        int part, int parts, in RecurrentShape shape, int block, nuint count, nuint length)
        where TCell : struct, IRecurrentCell
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        int inputTiles = TilesOf(shape.Inputs), tiles = inputTiles + TilesOf(shape.Units) + 1;
        WorkRange share = WorkRange.Of(tiles, 1, part, parts);
        RecurrentMemory places = RecurrentMemory.Kept<TCell>(shape, block);
        var frames = new RecurrentFrames(shape.Steps, (int)count, block, keptStride, places.Sums, TCell.Sums * shape.Plane);
        var values = new UpdateTarget(ref parameters, ref state, ref tile, length);
        for (int panel = 0; panel < shape.Panels; panel++)
        {
            for (int i = (int)share.Start; i < (int)share.End; i++)
            {
                int width = shape.Width(panel), first = panel * RecurrentShape.FullWidth;
                ref float gradients = ref Unsafe.Add(ref kept, TCell.Sums * first);
                if (i == tiles - 1)
                {
                    Biases<TCell, TRule>(ref gradients, frames, values, rule, shape, first, width);
                    continue;
                }

                bool isHidden = i >= inputTiles;
                int row = TileRows.Most * (isHidden ? i - inputTiles : i), rows = isHidden ? shape.Units : shape.Inputs;
                int weights = (isHidden ? shape.HiddenWeights : shape.InputWeights) + (((first * rows) + (row * width)) * TCell.Gates);
                ref float factors = ref isHidden
                    ? ref Unsafe.Add(ref kept, places.States + (row * block))
                    : ref Unsafe.Add(ref x, row * block);
                RecurrentFactors steps = isHidden ? new(keptStride, places.Frame) : new(inputStride, shape.Inputs * block);
                int height = Math.Min(TileRows.Most, rows - row);
                if (width % TLanes.Count == 0)
                    Weights<TCell, TRule, TLanes>(ref factors, steps, ref gradients, frames, values, rule, weights, width, height, isHidden);
                else if (width == Lanes256.Count)
                    Weights<TCell, TRule, Lanes256>(ref factors, steps, ref gradients, frames, values, rule, weights, width, height, isHidden);
                else
                    Weights<TCell, TRule, Lanes128>(ref factors, steps, ref gradients, frames, values, rule, weights, width, height, isHidden);
            }
        }
    }

    /// <summary>Updates the biases alone.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="kept">What training has kept, the sums' gradients in the place of the gates.</param>
    /// <param name="keptStride">Floats from sample to sample.</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="state">The state buffer, updated.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="tile">Scratch of 256 floats.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void ApplyBiases<TCell, TRule>(
        ref float kept, int keptStride, ref float parameters, ref float state, in TRule rule, ref float tile,
        in RecurrentShape shape, int block, nuint count, nuint length)
        where TCell : struct, IRecurrentCell
        where TRule : struct, IUpdateRule<TRule>
    {
        RecurrentMemory places = RecurrentMemory.Kept<TCell>(shape, block);
        var frames = new RecurrentFrames(shape.Steps, (int)count, block, keptStride, places.Sums, TCell.Sums * shape.Plane);
        var values = new UpdateTarget(ref parameters, ref state, ref tile, length);
        for (int panel = 0; panel < shape.Panels; panel++)
        {
            int first = panel * RecurrentShape.FullWidth;
            Biases<TCell, TRule>(ref Unsafe.Add(ref kept, TCell.Sums * first), frames, values, rule, shape, first, shape.Width(panel));
        }
    }

    private static int TilesOf(int rows) => (rows + TileRows.Most - 1) / TileRows.Most;

    private static void Weights<TCell, TRule, TLanes>(
        ref float factors, RecurrentFactors steps, ref float gradients, in RecurrentFrames frames, in UpdateTarget values, in TRule rule,
        int weights, int width, int height, bool isHidden)
        where TCell : struct, IRecurrentCell
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        TileRows rows = new(height, frames.Block), tileRows = new(height, TLanes.Count);
        for (int gate = 0; gate < TCell.Gates; gate++)
        {
            int sum = isHidden ? RecurrentSums.HiddenSumOf<TCell>(gate) : gate;
            for (int unit = 0; unit < width; unit += TLanes.Count)
            {
                ref float own = ref Unsafe.Add(ref gradients, (sum * width) + unit);
                var sums = new SumTile<TLanes>(TLanes.Create(0));
                for (int t = 0; t < frames.Steps; t++)
                {
                    for (int b = 0; b < frames.Count; b += frames.Block)
                    {
                        sums.Add(
                            ref Unsafe.Add(ref factors, (b * steps.Sample) + (t * steps.Frame)), rows, 1,
                            ref Unsafe.Add(ref own, (b * frames.Sample) + (t * frames.Frame)), frames.Row, Math.Min(frames.Block, frames.Count - b));
                    }
                }

                sums.Store(ref values.Tile, tileRows);
                values.Apply<TRule, TLanes>(rule, height, weights + (gate * width) + unit, TCell.Gates * width);
            }
        }
    }

    /// <summary>Four units at once: they are few, and every panel is a multiple of that.</summary>
    private static void Biases<TCell, TRule>(
        ref float gradients, in RecurrentFrames frames, in UpdateTarget values, in TRule rule, in RecurrentShape shape, int first, int width)
        where TCell : struct, IRecurrentCell
        where TRule : struct, IUpdateRule<TRule>
    {
        for (int sum = 0; sum < TCell.Sums; sum++)
        {
            int bias = sum < TCell.Gates ? shape.Biases + (first * TCell.Gates) + (sum * width) : shape.HiddenBiases + first;
            for (int unit = 0; unit < width; unit += Lanes128.Count)
            {
                Lanes128 total = Lanes128.Create(0);
                for (int t = 0; t < frames.Steps; t++)
                {
                    for (int b = 0; b < frames.Count; b++)
                        total += Lanes128.Load(ref gradients, (nuint)(frames.IndexOf(t, b) + (sum * width) + unit));
                }

                total.Store(ref values.Tile, 0);
                values.Apply<TRule, Lanes128>(TRule.ForVectors(in rule), 1, bias + unit, 0);
            }
        }
    }

    /// <summary>Where the factors of a weight lie.</summary>
    /// <param name="Sample">Floats from sample to sample.</param>
    /// <param name="Frame">Floats from frame to frame.</param>
    private readonly record struct RecurrentFactors(int Sample, int Frame);

    /// <summary>Where the gradients of the sums lie, in rows.</summary>
    /// <param name="Steps">The frames.</param>
    /// <param name="Count">The samples.</param>
    /// <param name="Block">The samples of a block.</param>
    /// <param name="Sample">Floats a sample from block to block.</param>
    /// <param name="Frame">Floats from frame to frame.</param>
    /// <param name="Row">Floats from sample to sample inside a block.</param>
    private readonly record struct RecurrentFrames(int Steps, int Count, int Block, int Sample, int Frame, int Row)
    {
        /// <summary>The first float of a frame of a sample.</summary>
        /// <param name="t">The frame.</param>
        /// <param name="b">The sample.</param>
        public int IndexOf(int t, int b) => ((b - (b % Block)) * Sample) + (t * Frame) + (b % Block * Row);
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

        /// <summary>Applies the rule to a tile of rows of one vector.</summary>
        public void Apply<TRule, TLanes>(in TRule rule, int rows, int index, int stride)
            where TRule : struct, IUpdateRule<TRule>
            where TLanes : struct, ILanes<TLanes>
            => ParameterUpdate.Apply<TRule, TLanes>(in rule, ref Tile, (nuint)rows, (nuint)TLanes.Count, ref _parameters, ref _state, (nuint)index, (nuint)stride, _length);
    }
}
