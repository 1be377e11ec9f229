using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>What a loss works on: a batch of scores, turned so that lanes lie over samples, and the gradient beside it.</summary>
/// <remarks>
/// Lanes over samples make every step of a loss elementwise, whatever the number of outputs; lanes behind the last
/// sample hold anything and are ignored.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LossBuffers
{
    private readonly ref float _scores;
    private readonly ref float _gradient;
    private readonly ref float _sums;
    private readonly ref float _rowLosses;
    private readonly nuint _stride;

    /// <summary>Turns the scores.</summary>
    /// <param name="rows">The scores, (count, outputs).</param>
    /// <param name="rowStride">Floats from row to row.</param>
    /// <param name="columns">The scores of a sample with their padding, a multiple of 4.</param>
    /// <param name="scores">(columns, stride), overwritten with the scores.</param>
    /// <param name="gradient">(outputs, stride), for the gradient.</param>
    /// <param name="sums">Room for 16 vectors.</param>
    /// <param name="rowLosses">(stride), for one loss a sample.</param>
    /// <param name="stride">Samples a row, a multiple of the width.</param>
    /// <param name="outputs">The scores of a sample.</param>
    /// <param name="count">The samples here.</param>
    /// <param name="reciprocal">One over the terms of the mean loss, which may be over more samples.</param>
    public LossBuffers(
        ref float rows, int rowStride, int columns, ref float scores, ref float gradient, ref float sums, ref float rowLosses,
        int stride, int outputs, nuint count, float reciprocal)
        : this(ref scores, ref gradient, ref sums, ref rowLosses, stride, outputs, count, reciprocal)
    {
        Transpose.Copy(ref rows, (nuint)rowStride, ref scores, _stride, count, (nuint)columns);
    }

    /// <summary>Takes scores that lie so already.</summary>
    /// <param name="scores">(outputs, stride), the scores.</param>
    /// <param name="gradient">(outputs, stride), for the gradient.</param>
    /// <param name="sums">Room for 16 vectors.</param>
    /// <param name="rowLosses">(stride), for one loss a sample.</param>
    /// <param name="stride">Samples a row, a multiple of the width.</param>
    /// <param name="outputs">The scores of a sample.</param>
    /// <param name="count">The samples here.</param>
    /// <param name="reciprocal">One over the terms of the mean loss, which may be over more samples.</param>
    public LossBuffers(
        ref float scores, ref float gradient, ref float sums, ref float rowLosses, int stride, int outputs, nuint count, float reciprocal)
    {
        _scores = ref scores;
        _gradient = ref gradient;
        _sums = ref sums;
        _rowLosses = ref rowLosses;
        _stride = (nuint)stride;
        Outputs = (nuint)outputs;
        Count = count;
        Reciprocal = reciprocal;
    }

    /// <summary>The scores of a sample.</summary>
    internal nuint Outputs { get; }

    /// <summary>The samples.</summary>
    internal nuint Count { get; }

    /// <summary>One over the terms of the mean loss.</summary>
    internal float Reciprocal { get; }

    /// <summary>Room for 16 partial sums.</summary>
    internal ref float Sums => ref _sums;

    /// <summary>One loss a sample.</summary>
    internal ref float RowLosses => ref _rowLosses;

    /// <summary>Score <paramref name="i"/> of sample <paramref name="b"/>.</summary>
    internal ref float Score(nuint i, nuint b) => ref Unsafe.Add(ref _scores, (i * _stride) + b);

    /// <summary>The gradient of score <paramref name="i"/> of sample <paramref name="b"/>.</summary>
    internal ref float Gradient(nuint i, nuint b) => ref Unsafe.Add(ref _gradient, (i * _stride) + b);

    /// <summary>The scores of one position of every sample.</summary>
    /// <param name="position">From 0.</param>
    /// <param name="positions">The positions of a sample.</param>
    internal LossBuffers Position(int position, int positions)
    {
        nuint outputs = Outputs / (nuint)positions, first = (nuint)position * outputs;
        return new LossBuffers(
            ref Score(first, 0), ref Gradient(first, 0), ref _sums, ref _rowLosses, (int)_stride, (int)outputs, Count, Reciprocal);
    }

    /// <summary>Turns targets, (count, outputs), into the gradient's place.</summary>
    internal void PlaceTargets(ReadOnlySpan<float> targets)
        => Transpose.ToBlock(ref MemoryMarshal.GetReference(targets), Outputs, ref _gradient, _stride, Outputs, Count);
}
