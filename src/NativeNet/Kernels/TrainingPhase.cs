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
    private readonly BatchValue[]? _values;
    private readonly UpdateLayer[]? _layers;

    private TrainingPhase(PhaseKind kind, int size, BatchValue[]? values = null, UpdateLayer[]? layers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (Kind, _size, _values, _layers) = (kind, size, values, layers);
    }

    /// <summary>How it is cut.</summary>
    public PhaseKind Kind { get; }

    /// <summary>Of rows the samples that stay together.</summary>
    public int Grain => _size;

    /// <summary>Of rows what is read of them behind the step, losses and scores.</summary>
    public ReadOnlySpan<BatchValue> Values => _values;

    /// <summary>Of an update the layers.</summary>
    public ReadOnlySpan<UpdateLayer> Layers => _layers;

    /// <summary>A phase cut by samples.</summary>
    /// <param name="grain">Samples that stay together, at least 1: every part begins at a multiple.</param>
    /// <param name="results">What is read of all samples behind the step, where the phase computes it.</param>
    public static TrainingPhase Rows(int grain, params BatchValue[] results) => new(PhaseKind.Rows, grain, results);

    /// <summary>A phase of sums over the whole batch.</summary>
    public static TrainingPhase Statistics() => new(PhaseKind.Statistics, 1);

    /// <summary>A phase of weight gradients and updates, of layers of equal work, by one process.</summary>
    /// <param name="layers">The layers with parameters, at least 1.</param>
    public static TrainingPhase Update(int layers) => new(PhaseKind.Update, layers);

    /// <summary>A phase of weight gradients and updates.</summary>
    /// <param name="layers">The layers with parameters, at least 1.</param>
    public static TrainingPhase Update(params UpdateLayer[] layers) => new(PhaseKind.Update, layers.Length, layers: layers);

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
