using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>The samples of a batch that are added to sums over it here and now: all of them, or those of one process of several.</summary>
/// <remarks>
/// A sum over samples is 16 chains, each of which takes its samples ascending. Processes that have stretches of the batch one
/// behind the other make the same chains: each goes on where the one before has stopped, and hands the chains on. Whoever sums
/// calls <see cref="Begin"/>, adds the samples from First to End − 1, and folds the chains if <see cref="End(ref float, int)"/>
/// says that they are whole.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares shares.")]
public readonly struct SampleShare
{
    private readonly ChainRelay? _relay;

    /// <summary>The whole batch.</summary>
    /// <param name="count">Its samples.</param>
    public SampleShare(nuint count) => Count = Stop = count;

    /// <summary>A stretch of the batch.</summary>
    /// <param name="first">Its first sample, a multiple of 16.</param>
    /// <param name="stop">The sample behind its last one.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="relay">Where chains come from and go to.</param>
    internal SampleShare(nuint first, nuint stop, nuint count, ChainRelay relay)
    {
        (First, Stop, Count) = (first, stop, count);
        _relay = relay;
    }

    /// <summary>The first sample.</summary>
    public nuint First { get; }

    /// <summary>The sample behind the last one.</summary>
    public nuint Stop { get; }

    /// <summary>The samples of the whole batch.</summary>
    public nuint Count { get; }

    /// <summary>Whether some sums are to be made now: of several that need each other, processes make one after the other.</summary>
    /// <param name="round">How many sums before must be known.</param>
    public bool Makes(int round) => _relay is null || _relay.Round == round;

    /// <summary>The chains of some sums before the first sample.</summary>
    /// <param name="chains">(sums, 16), overwritten.</param>
    /// <param name="sums">How many.</param>
    public void Begin(ref float chains, int sums)
    {
        Span<float> all = MemoryMarshal.CreateSpan(ref chains, sums * RowSum.PartialSums);
        if (_relay is null)
            all.Clear();
        else
            _relay.Begin(all);
    }

    /// <summary>Whether the chains are whole behind the last sample; else they are handed on.</summary>
    /// <param name="chains">(sums, 16).</param>
    /// <param name="sums">How many, as at the beginning.</param>
    public bool End(ref float chains, int sums)
        => _relay is null || _relay.End(MemoryMarshal.CreateSpan(ref chains, sums * RowSum.PartialSums));
}
