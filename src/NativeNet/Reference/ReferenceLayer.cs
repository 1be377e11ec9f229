using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>One layer as the numeric contract states it, forward next to backward.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
/// <param name="offset">Where its tensors begin among the row-major parameters.</param>
internal abstract class ReferenceLayer<T>(LayerSpec spec, int offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The layer.</summary>
    public LayerSpec Spec { get; } = spec;

    /// <summary>Where its tensors begin among the row-major parameters.</summary>
    protected int Offset { get; } = offset;

    /// <summary>The outputs of a batch.</summary>
    /// <param name="pass">Parameters, and the outputs of the layers before this one.</param>
    /// <returns>(count, outputs), row-major.</returns>
    public abstract T[] Forward(ReferencePass<T> pass);

    /// <summary>Adds the gradients of what the layer reads, and writes those of its parameters.</summary>
    /// <param name="pass">The outputs of every layer, this one's included, and the gradients that are wanted.</param>
    /// <param name="dy">The gradient of the outputs, (count, outputs); the layer may overwrite it.</param>
    public abstract void Backward(ReferencePass<T> pass, T[] dy);

    /// <summary>Moves the layer's running averages towards what a batch gave, where it has any.</summary>
    /// <param name="pass">A training step's outputs.</param>
    /// <param name="parameters">All parameters, row-major; the averages are updated.</param>
    public virtual void UpdateRunningAverages(ReferencePass<T> pass, Span<T> parameters)
    {
    }
}
