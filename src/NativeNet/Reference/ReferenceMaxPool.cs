using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>Max pooling as the numeric contract states it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceMaxPool<T>(PoolSpec spec) : ReferencePool<T>(spec)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec);
        var y = new T[pass.Count * Spec.Output.Length];
        ForEachOutput(pass.Count, (output, taps) =>
        {
            T max = x[taps[0]];
            foreach (int tap in taps)
            {
                if (!(x[tap] <= max) && !T.IsNaN(max)) // of equal ones the first; a NaN stays
                    max = x[tap];
            }

            y[output] = max;
        });
        return y;
    }

    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        T[] x = pass.Input(Spec), y = pass.Output(Spec.Index);
        var dx = new T[x.Length];
        ForEachOutput(pass.Count, (output, taps) =>
        {
            foreach (int tap in taps)
            {
                if (y[output] <= x[tap])
                {
                    dx[tap] += dy[output];
                    return;
                }
            }
        });

        if (pass.NeedsGradient(Spec.Sources[0]))
            pass.AddGradient(Spec.Sources[0], dx);
    }
}
