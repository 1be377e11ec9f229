using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>Average pooling as the numeric contract states it: over windows, or over the whole image as the only window.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceAveragePool<T>(PoolSpec spec) : ReferencePool<T>(spec)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The taps that a sum is divided by; null for those inside the image.</summary>
    private readonly int? _countedTaps = spec.CountsPadding ? spec.Window.Taps : null;

    /// <summary>y[o] = Σ x[tap] · F over the taps inside the image, ascending; F is one over their number, or over that of all taps.</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec);
        var y = new T[pass.Count * Spec.Output.Length];
        ForEachOutput(pass.Count, (output, taps) =>
        {
            T sum = T.Zero;
            foreach (int tap in taps)
                sum += x[tap];
            y[output] = sum * Reciprocal(taps);
        });
        return y;
    }

    /// <summary>∂x[tap] = Σ ∂y[o] · F over the windows that hold the tap, ascending.</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        if (!pass.NeedsGradient(Spec.Sources[0]))
            return;

        var dx = new T[pass.Input(Spec).Length];
        ForEachOutput(pass.Count, (output, taps) =>
        {
            foreach (int tap in taps)
                dx[tap] = T.FusedMultiplyAdd(dy[output], Reciprocal(taps), dx[tap]);
        });
        pass.AddGradient(Spec.Sources[0], dx);
    }

    private T Reciprocal(int[] taps) => T.One / T.CreateChecked(_countedTaps ?? taps.Length);
}
