using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativeNet.Kernels;

/// <summary>A layer in a phase of weight gradients and updates.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares layers.")]
public readonly struct UpdateLayer
{
    private readonly BatchValue[]? _reads;

    /// <summary>Describes a layer.</summary>
    /// <param name="work">How much work it is, in multiply-adds of a sample, at least 1.</param>
    /// <param name="reads">The values of all samples that its gradients are summed from, in the workspace.</param>
    public UpdateLayer(long work, params BatchValue[] reads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(work, 1);
        Work = work;
        _reads = reads;
    }

    /// <summary>How much work it is, in multiply-adds of a sample.</summary>
    public long Work { get; }

    /// <summary>The values of all samples that its gradients are summed from.</summary>
    public ReadOnlySpan<BatchValue> Reads => _reads;
}
