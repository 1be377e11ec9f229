using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativeNet.Kernels;

/// <summary>A layer in a phase of weight gradients and updates.</summary>
/// <remarks>
/// The samples of a batch are spread over processes, the sums over it are not: either the values of all samples come to the
/// process that sums them, or the chains of a sum go from process to process, whatever is less.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares layers.")]
public readonly struct UpdateLayer
{
    private readonly BatchValue[]? _reads;

    /// <summary>Describes a layer whose values come to the process that sums them.</summary>
    /// <param name="work">How much work it is, in multiply-adds of a sample, at least 1.</param>
    /// <param name="reads">The values of all samples that its gradients are summed from, in the workspace.</param>
    public UpdateLayer(long work, params BatchValue[] reads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(work, 1);
        Work = work;
        _reads = reads;
    }

    /// <summary>Whether the chains of its sums go from process to process.</summary>
    public bool HandsSumsOn { get; private init; }

    /// <summary>How much work it is for the process that updates it: in multiply-adds of a sample, or parameters where it has nothing left to sum.</summary>
    public long Work { get; }

    /// <summary>The values of all samples that its gradients are summed from; none where sums are handed on.</summary>
    public ReadOnlySpan<BatchValue> Reads => _reads;

    /// <summary>Describes a layer whose sums go from process to process.</summary>
    /// <param name="parameters">Its parameters, at least 1.</param>
    public static UpdateLayer OfSums(long parameters) => new(parameters) { HandsSumsOn = true };
}
