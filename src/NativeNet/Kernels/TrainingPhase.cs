using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativeNet.Kernels;

/// <summary>A phase of a training step: parts that may run at once, in any order, and a barrier behind them.</summary>
/// <remarks>
/// Parts share outputs among each other, never a sum, so that their number changes no bit. It is no record: the text that a
/// record makes of an enumeration brings 45 KB of reflection into every ahead-of-time compiled program that trains.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares phases.")]
public readonly struct TrainingPhase
{
    private readonly int _size;

    private TrainingPhase(PhaseKind kind, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Kind = kind;
        _size = size;
    }

    /// <summary>How it is cut.</summary>
    public PhaseKind Kind { get; }

    /// <summary>A phase cut by samples.</summary>
    /// <param name="grain">Samples that stay together, at least 1: every part begins at a multiple.</param>
    public static TrainingPhase Rows(int grain) => new(PhaseKind.Rows, grain);

    /// <summary>A phase of sums over the whole batch.</summary>
    public static TrainingPhase Statistics() => new(PhaseKind.Statistics, 1);

    /// <summary>A phase of weight gradients and updates.</summary>
    /// <param name="layers">The layers with parameters, at least 1.</param>
    public static TrainingPhase Update(int layers) => new(PhaseKind.Update, layers);

    /// <summary>How many parts there are.</summary>
    /// <param name="samples">The samples of the step, at least 1.</param>
    /// <param name="threads">The threads that share it, at least 1.</param>
    public int CountParts(int samples, int threads)
    {
        if (Kind != PhaseKind.Rows)
            return _size * threads;

        int rows = RowsAPart(samples, threads);
        return (samples + rows - 1) / rows;
    }

    /// <summary>One of the parts.</summary>
    /// <param name="number">From 0 to CountParts − 1.</param>
    /// <param name="samples">As for <see cref="CountParts"/>.</param>
    /// <param name="threads">As for <see cref="CountParts"/>.</param>
    public PhasePart Part(int number, int samples, int threads)
    {
        if (Kind != PhaseKind.Rows)
            return new PhasePart(number / threads, number % threads, threads);

        int rows = RowsAPart(samples, threads), first = number * rows;
        return new PhasePart(0, first, Math.Min(rows, samples - first));
    }

    /// <summary>As equal shares as whole grains make, the last one excepted.</summary>
    private int RowsAPart(int samples, int threads)
    {
        int grains = (samples + _size - 1) / _size;
        return (grains + threads - 1) / threads * _size;
    }
}
