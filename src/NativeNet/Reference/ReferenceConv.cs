using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>A convolution as the numeric contract states it: one loop an order, forward next to backward.</summary>
/// <remarks>
/// Images lie (height, width, channels), weights (filters, kernel height, kernel width, channels of a group). A tap outside
/// the image is left out of its sum; a signal is an image of one row.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
/// <param name="offset">Where its tensors begin among the row-major parameters: weights, then biases, if it has them.</param>
internal sealed class ReferenceConv<T>(ConvSpec spec, int offset) : ReferenceLayer<T>(spec, offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WindowAxis _down = spec.Window.Vertical;
    private readonly WindowAxis _across = spec.Window.Horizontal;
    private readonly int _filters = spec.Filters;
    private readonly int _groupChannels = spec.GroupChannels;

    private int Bias(int n) => Offset + (_filters * spec.Products) + n;

    private int Weight(int n, int ky, int kx, int c)
        => Offset + (n * spec.Products) + (((ky * _across.Kernel) + kx) * _groupChannels) + c;

    /// <summary>Where channel c of filter n's group is at a position of sample b.</summary>
    private int Input(int b, int iy, int ix, int n, int c)
        => (b * spec.Input.Length) + (((iy * _across.Input) + ix) * spec.Window.Channels) + (n / spec.GroupFilters * _groupChannels) + c;

    private int Output(int b, int oy, int ox, int n) => (b * spec.Output.Length) + (((oy * _across.Output) + ox) * _filters) + n;

    /// <summary>y[b, oy, ox, n] = f(bias[n] + Σ x · w) over the taps inside the image: rows, columns, channels ascending.</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec);
        T[] y = new T[pass.Count * Spec.Output.Length], z = new T[y.Length];
        foreach ((int b, int oy, int ox, int n) in Outputs(pass.Count))
        {
            T sum = spec.HasBias ? pass.Parameters[Bias(n)] : T.Zero;
            for (int ky = _down.FirstTap(oy); ky < _down.EndTap(oy); ky++)
            {
                for (int kx = _across.FirstTap(ox); kx < _across.EndTap(ox); kx++)
                {
                    for (int c = 0; c < _groupChannels; c++)
                    {
                        T value = x[Input(b, _down.Position(oy, ky), _across.Position(ox, kx), n, c)];
                        sum = T.FusedMultiplyAdd(value, pass.Parameters[Weight(n, ky, kx, c)], sum);
                    }
                }
            }

            z[Output(b, oy, ox, n)] = sum;
            y[Output(b, oy, ox, n)] = ReferenceActivation.Forward(spec.Activation, sum);
        }

        pass.SetSums(Spec.Index, z);
        return y;
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

    /// <summary>
    /// ∂x[b, iy, ix, c] = Σ ∂y · w over the taps through which a window sees the position, rows and columns ascending, and for
    /// each over the filters of the channel's group, ascending.
    /// </summary>
    private T[] BackwardInputs(T[] parameters, T[] dy, int count)
    {
        var dx = new T[count * Spec.Input.Length];
        foreach ((int b, int iy, int ix, int channel) in Inputs(count))
        {
            int group = channel / _groupChannels, c = channel % _groupChannels, first = group * spec.GroupFilters;
            T sum = T.Zero;
            for (int ky = 0; ky < _down.Kernel; ky++)
            {
                for (int kx = 0; kx < _across.Kernel; kx++)
                {
                    (int oy, int ox) = (_down.WindowOf(iy, ky), _across.WindowOf(ix, kx));
                    if (oy < 0 || ox < 0)
                        continue;

                    for (int n = first; n < first + spec.GroupFilters; n++)
                        sum = T.FusedMultiplyAdd(dy[Output(b, oy, ox, n)], parameters[Weight(n, ky, kx, c)], sum);
                }
            }

            dx[Input(b, iy, ix, first, c)] = sum;
        }

        return dx;
    }

    /// <summary>∂w = Σ x · ∂y and ∂bias = Σ ∂y over samples and windows, in the order of <see cref="ReferenceChains{T}"/>.</summary>
    private void BackwardParameters(T[] gradients, T[] x, T[] dy, int count)
    {
        for (int n = 0; n < _filters; n++)
        {
            for (int ky = 0; ky < _down.Kernel; ky++)
            {
                for (int kx = 0; kx < _across.Kernel; kx++)
                {
                    for (int c = 0; c < _groupChannels; c++)
                        gradients[Weight(n, ky, kx, c)] = WeightGradient(x, dy, count, n, ky, kx, c);
                }
            }

            if (spec.HasBias)
                gradients[Bias(n)] = BiasGradient(dy, count, n);
        }
    }

    /// <summary>The windows that have the tap inside the image, rows and columns ascending.</summary>
    private T WeightGradient(T[] x, T[] dy, int count, int n, int ky, int kx, int c)
        => ReferenceChains<T>.Sum(count, spec.Window.OutputPositions, (sum, b, position) =>
        {
            (int oy, int ox) = (position / _across.Output, position % _across.Output);
            (int iy, int ix) = (_down.Position(oy, ky), _across.Position(ox, kx));
            return iy >= 0 && iy < _down.Input && ix >= 0 && ix < _across.Input
                ? T.FusedMultiplyAdd(x[Input(b, iy, ix, n, c)], dy[Output(b, oy, ox, n)], sum)
                : sum;
        });

    private T BiasGradient(T[] dy, int count, int n)
        => ReferenceChains<T>.Sum(count, spec.Window.OutputPositions, (sum, b, position)
            => sum + dy[(b * spec.Output.Length) + (position * _filters) + n]);

    private IEnumerable<(int B, int Y, int X, int N)> Outputs(int count) => Elements(count, _down.Output, _across.Output, _filters);

    private IEnumerable<(int B, int Y, int X, int N)> Inputs(int count) => Elements(count, _down.Input, _across.Input, spec.Window.Channels);

    private static IEnumerable<(int B, int Y, int X, int N)> Elements(int count, int height, int width, int channels)
    {
        for (int b = 0; b < count; b++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    for (int n = 0; n < channels; n++)
                        yield return (b, y, x, n);
                }
            }
        }
    }
}
