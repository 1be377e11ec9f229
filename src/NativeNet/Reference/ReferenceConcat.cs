using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>Layers side by side, as the numeric contract states it: values move, nothing is computed.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceConcat<T>(ConcatSpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _channels = spec.Output.Channels;

    /// <summary>y[b, p] = the channels of x₀[b, p], then those of x₁[b, p] …</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        var y = new T[pass.Count * Spec.Output.Length];
        int first = 0;
        for (int operand = 0; operand < spec.Parts.Count; operand++)
        {
            int part = spec.Parts[operand];
            T[] x = pass.Output(Spec.Sources[operand]);
            for (int row = 0; row < y.Length / _channels; row++)
                x.AsSpan(row * part, part).CopyTo(y.AsSpan((row * _channels) + first));
            first += part;
        }

        return y;
    }

    /// <summary>∂xᵢ are the channels of ∂y that xᵢ gave.</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        int first = 0;
        for (int operand = 0; operand < spec.Parts.Count; operand++)
        {
            int part = spec.Parts[operand];
            if (pass.NeedsGradient(Spec.Sources[operand]))
            {
                var dx = new T[dy.Length / _channels * part];
                for (int row = 0; row < dy.Length / _channels; row++)
                    dy.AsSpan((row * _channels) + first, part).CopyTo(dx.AsSpan(row * part));
                pass.AddGradient(Spec.Sources[operand], dx);
            }

            first += part;
        }
    }
}
