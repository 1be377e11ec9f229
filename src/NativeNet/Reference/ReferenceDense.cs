using System.Numerics;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Reference;

/// <summary>A dense layer as the numeric contract states it: one loop an order, forward next to backward.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer: K inputs, N units.</param>
/// <param name="offset">Where its tensors begin among the row-major parameters: weights (N, K), then biases (N) where it has them.</param>
internal sealed class ReferenceDense<T>(DenseSpec spec, int offset) : ReferenceLayer<T>(spec, offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _inputs = spec.Inputs;
    private readonly int _units = spec.Units;
    private readonly int _chains = AccumulationOrder.Chains(spec.Inputs, spec.Units);

    private int Weight(int n, int k) => Offset + (n * _inputs) + k;

    private int Bias(int n) => Offset + (_units * _inputs) + n;

    /// <summary>y[b, n] = f(bias[n] + Σₖ x[b, k] · w[n, k]), the sum in P chains.</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec);
        T[] y = new T[pass.Count * _units], z = new T[y.Length];
        Span<T> chains = stackalloc T[_chains];

        for (int b = 0; b < pass.Count; b++)
        {
            for (int n = 0; n < _units; n++)
            {
                chains.Clear();
                chains[0] = spec.HasBias ? pass.Parameters[Bias(n)] : T.Zero;
                for (int k = 0; k < _inputs; k++)
                {
                    ref T chain = ref chains[k % _chains];
                    chain = T.FusedMultiplyAdd(x[(b * _inputs) + k], pass.Parameters[Weight(n, k)], chain);
                }

                for (int half = _chains / 2; half > 0; half /= 2)
                {
                    for (int p = 0; p < half; p++)
                        chains[p] += chains[p + half];
                }

                z[(b * _units) + n] = chains[0];
                y[(b * _units) + n] = ReferenceActivation.Forward(spec.Activation, chains[0]);
            }
        }

        pass.SetSums(Spec.Index, z);
        return y;
    }

    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        int source = Spec.Sources[0];
        BackwardActivation(pass.Sums(Spec.Index), pass.Output(Spec.Index), dy);
        BackwardParameters(pass.ParameterGradients, pass.Input(Spec), dy, pass.Count);
        if (pass.NeedsGradient(source))
            pass.AddGradient(source, BackwardInputs(pass.Parameters, dy, pass.Count));
    }

    /// <summary>Turns the gradient of the outputs into the gradient of the sums before the activation, in place.</summary>
    /// <param name="z">The sums, (count, N).</param>
    /// <param name="y">The outputs, (count, N).</param>
    /// <param name="dy">Their gradient, (count, N).</param>
    private void BackwardActivation(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> dy)
    {
        for (int i = 0; i < dy.Length; i++)
            dy[i] = ReferenceActivation.Backward(spec.Activation, z[i], y[i], dy[i]);
    }

    /// <summary>∂x[b, k] = Σₙ ∂y[b, n] · w[n, k], n ascending.</summary>
    /// <param name="parameters">All parameters, row-major.</param>
    /// <param name="dy">The gradient of the sums, (count, N).</param>
    /// <param name="count">The samples.</param>
    /// <returns>∂x: (count, K).</returns>
    private T[] BackwardInputs(ReadOnlySpan<T> parameters, ReadOnlySpan<T> dy, int count)
    {
        var dx = new T[count * _inputs];
        for (int b = 0; b < count; b++)
        {
            for (int k = 0; k < _inputs; k++)
            {
                T sum = T.Zero;
                for (int n = 0; n < _units; n++)
                    sum = T.FusedMultiplyAdd(dy[(b * _units) + n], parameters[Weight(n, k)], sum);
                dx[(b * _inputs) + k] = sum;
            }
        }

        return dx;
    }

    /// <summary>∂w[n, k] = Σᵦ x[b, k] · ∂y[b, n] and ∂bias[n] = Σᵦ ∂y[b, n], b ascending.</summary>
    /// <param name="gradients">All gradients, row-major; this layer's are written.</param>
    /// <param name="x">The inputs, (count, K).</param>
    /// <param name="dy">The gradient of the sums, (count, N).</param>
    /// <param name="count">The samples.</param>
    private void BackwardParameters(Span<T> gradients, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, int count)
    {
        for (int n = 0; n < _units; n++)
        {
            for (int k = 0; k < _inputs; k++)
            {
                T sum = T.Zero;
                for (int b = 0; b < count; b++)
                    sum = T.FusedMultiplyAdd(x[(b * _inputs) + k], dy[(b * _units) + n], sum);
                gradients[Weight(n, k)] = sum;
            }

            T biasSum = T.Zero;
            for (int b = 0; b < count; b++)
                biasSum += dy[(b * _units) + n];
            if (spec.HasBias)
                gradients[Bias(n)] = biasSum;
        }
    }
}
