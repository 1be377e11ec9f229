using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>Normalization by given means and deviations as the numeric contract states it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
/// <param name="offset">Where its tensors begin among the row-major parameters: means (C), then deviations (C).</param>
internal sealed class ReferenceNormalization<T>(NormalizationSpec spec, int offset) : ReferenceLayer<T>(spec, offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = (x − mean[c]) / deviation[c].</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        int channels = spec.Input.Channels;
        return [.. pass.Input(Spec).Select((x, i) => (x - pass.Parameters[Offset + (i % channels)]) / pass.Parameters[Offset + channels + (i % channels)])];
    }

    /// <summary>Nothing: it reads the network's input, whose gradient nobody needs, and its tensors are not trained.</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
    }
}
