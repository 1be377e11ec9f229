using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>A transposed convolution as the numeric contract states it: one loop an order, forward next to backward.</summary>
/// <remarks>
/// Images lie (height, width, channels), weights (filters, kernel height, kernel width, channels). Windows are positions of the
/// input, and their taps positions of the output; a tap outside the output is left out.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
/// <param name="offset">Where its tensors begin among the row-major parameters: weights, then biases, if it has them.</param>
internal sealed class ReferenceConvTranspose<T>(ConvTransposeSpec spec, int offset) : ReferenceLayer<T>(spec, offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WindowAxis _down = spec.Window.Vertical;
    private readonly WindowAxis _across = spec.Window.Horizontal;
    private readonly int _filters = spec.Filters;
    private readonly int _channels = spec.Channels;

    private int Bias(int n) => Offset + (_filters * spec.Products) + n;

    private int Weight(int n, int ky, int kx, int c) => Offset + (n * spec.Products) + (((ky * _across.Kernel) + kx) * _channels) + c;

    /// <summary>Channel c of a window of sample b.</summary>
    private int Input(int b, int wy, int wx, int c) => (b * spec.Input.Length) + (((wy * _across.Output) + wx) * _channels) + c;

    /// <summary>Filter n at a position of sample b.</summary>
    private int Output(int b, int y, int x, int n) => (b * spec.Output.Length) + (((y * _across.Input) + x) * _filters) + n;

    /// <summary>
    /// y[b, y, x, n] = f(bias[n] + Σ x · w) over the taps through which a window sees the position, rows and columns ascending, and
    /// for each over the channels, ascending.
    /// </summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec);
        T[] y = new T[pass.Count * Spec.Output.Length], z = new T[y.Length];
        for (int i = 0; i < z.Length; i++)
        {
            int n = i % _filters, position = i / _filters % Spec.Output.Positions, b = i / Spec.Output.Length;
            z[i] = Sum(pass.Parameters, x, b, position / _across.Input, position % _across.Input, n);
            y[i] = ReferenceActivation.Forward(spec.Activation, z[i]);
        }

        pass.SetSums(Spec.Index, z);
        return y;
    }

    private T Sum(T[] parameters, T[] x, int b, int iy, int ix, int n)
    {
        T sum = spec.HasBias ? parameters[Bias(n)] : T.Zero;
        for (int ky = 0; ky < _down.Kernel; ky++)
        {
            for (int kx = 0; kx < _across.Kernel; kx++)
            {
                (int wy, int wx) = (_down.WindowOf(iy, ky), _across.WindowOf(ix, kx));
                for (int c = 0; c < _channels && wy >= 0 && wx >= 0; c++)
                    sum = T.FusedMultiplyAdd(x[Input(b, wy, wx, c)], parameters[Weight(n, ky, kx, c)], sum);
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        T[] z = pass.Sums(Spec.Index), y = pass.Output(Spec.Index);
        for (int i = 0; i < dy.Length; i++)
            dy[i] = ReferenceActivation.Backward(spec.Activation, z[i], y[i], dy[i]);

        BackwardParameters(pass.ParameterGradients, pass.Input(Spec), dy, pass.Count);
        if (pass.NeedsGradient(Spec.Sources[0]))
            pass.AddGradient(Spec.Sources[0], BackwardInputs(pass.Parameters, dy, pass.Count));
    }

    /// <summary>∂x[b, window, c] = Σ ∂y · w over the taps of the window inside the output, rows and columns ascending, and for each over the filters, ascending.</summary>
    private T[] BackwardInputs(T[] parameters, T[] dy, int count)
    {
        var dx = new T[count * Spec.Input.Length];
        for (int i = 0; i < dx.Length; i++)
        {
            int c = i % _channels, window = i / _channels % spec.Window.OutputPositions, b = i / Spec.Input.Length;
            (int wy, int wx) = (window / _across.Output, window % _across.Output);
            T sum = T.Zero;
            for (int ky = _down.FirstTap(wy); ky < _down.EndTap(wy); ky++)
            {
                for (int kx = _across.FirstTap(wx); kx < _across.EndTap(wx); kx++)
                {
                    for (int n = 0; n < _filters; n++)
                        sum = T.FusedMultiplyAdd(dy[Output(b, _down.Position(wy, ky), _across.Position(wx, kx), n)], parameters[Weight(n, ky, kx, c)], sum);
                }
            }

            dx[i] = sum;
        }

        return dx;
    }

    /// <summary>∂w = Σ x · ∂y and ∂bias = Σ ∂y over samples and windows, or positions, in the order of <see cref="ReferenceChains{T}"/>.</summary>
    private void BackwardParameters(T[] gradients, T[] x, T[] dy, int count)
    {
        for (int n = 0; n < _filters; n++)
        {
            for (int ky = 0; ky < _down.Kernel; ky++)
            {
                for (int kx = 0; kx < _across.Kernel; kx++)
                {
                    for (int c = 0; c < _channels; c++)
                        gradients[Weight(n, ky, kx, c)] = WeightGradient(x, dy, count, n, ky, kx, c);
                }
            }

            if (spec.HasBias)
                gradients[Bias(n)] = ReferenceChains<T>.Sum(count, spec.Output.Positions, (sum, b, position) => sum + dy[(b * spec.Output.Length) + (position * _filters) + n]);
        }
    }

    /// <summary>The windows that have the tap inside the output, rows and columns ascending.</summary>
    private T WeightGradient(T[] x, T[] dy, int count, int n, int ky, int kx, int c)
        => ReferenceChains<T>.Sum(count, spec.Window.OutputPositions, (sum, b, window) =>
        {
            (int wy, int wx) = (window / _across.Output, window % _across.Output);
            (int iy, int ix) = (_down.Position(wy, ky), _across.Position(wx, kx));
            return iy >= 0 && iy < _down.Input && ix >= 0 && ix < _across.Input
                ? T.FusedMultiplyAdd(x[Input(b, wy, wx, c)], dy[Output(b, iy, ix, n)], sum)
                : sum;
        });
}
