using System.Numerics;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Reference;

/// <summary>Dropout as the numeric contract states it: in training kept values times 1 / (1 − rate), in prediction all as they are.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceDropout<T>(DropoutSpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
        => pass.Draw is { } draw ? Drop(pass.Input(Spec), draw) : pass.Input(Spec);

    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        if (pass.NeedsGradient(Spec.Sources[0]))
            pass.AddGradient(Spec.Sources[0], Drop(dy, pass.Draw!.Value));
    }

    private T[] Drop(T[] values, TrainingDraw draw)
    {
        var mask = new DropoutMask(draw, spec.Index, spec.Rate);
        T scale = T.CreateChecked(mask.Scale);
        var result = new T[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            uint sample = (uint)(i / spec.Input.Length), element = (uint)(i % spec.Input.Length);
            result[i] = mask.Keeps(sample, element) ? values[i] * scale : T.Zero;
        }

        return result;
    }
}
