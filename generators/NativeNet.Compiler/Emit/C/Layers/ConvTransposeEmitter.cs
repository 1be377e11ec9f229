using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a transposed convolution: tiles of filters at one position forward, of channels at one window backward.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class ConvTransposeEmitter(CContext context, ConvTransposePlan plan)
    : ActivatedEmitter(context, plan, plan.Transpose.Activation, plan.TakesActivationBack)
{
    /// <summary>The most sums of a tile.</summary>
    private const int Tile = 16, GradientTile = 8;

    private readonly ConvTransposeSpec _layer = plan.Transpose;
    private readonly WindowAxis _down = plan.Transpose.Window.Vertical, _across = plan.Transpose.Window.Horizontal;
    private readonly int _filters = plan.Transpose.Filters, _channels = plan.Transpose.Channels;

    public override void EmitForward()
    {
        using (Context.BeginFunction(
            $"{Name}: {Shape(_down.Output, _across.Output, _channels)} -> {Shape(_down.Input, _across.Input, _filters)}{ActivationText.Suffix(_layer.Activation)}; transposed, kernel {Text(_down.Kernel)} x {Text(_across.Kernel)}, steps {Text(_down.Stride)} x {Text(_across.Stride)}.\nEach sum one chain over the taps through which inputs see the position, then channels.",
            ForwardSignature))
        {
            using (Context.BeginFor("iy", _down.Input))
            using (Context.BeginFor("ix", _across.Input))
            {
                foreach (TileStretch filters in TileSplit.Of(_filters, Tile))
                {
                    using (Context.BeginFor("n", Text(filters.Start), Text(filters.End), filters.Width))
                        EmitForwardTile(filters.Width);
                }
            }

            EmitLongActivation();
        }
    }

    private void EmitForwardTile(int width)
    {
        string use = Context.Library.Use("window_of");
        Writer.Write($"float sum[{width}];");
        Context.Unrolled("u", width, $"sum[u] = {(_layer.HasBias ? $"{Tensor("bias")}[n + u]" : "0.0f")};");
        using (Context.BeginFor("ky", _down.Kernel))
        {
            Writer.Write($"const int32_t oy = {use}({Terms.Plus("iy", _down.Before)}, {Terms.Times("ky", _down.Dilation)}, {_down.Stride}, {_down.Output});");
            using (Context.BeginFor("kx", _across.Kernel))
            {
                Writer.Write($"const int32_t ox = {use}({Terms.Plus("ix", _across.Before)}, {Terms.Times("kx", _across.Dilation)}, {_across.Stride}, {_across.Output});");
                using (Writer.BeginBlock("if (oy >= 0 && ox >= 0)"))
                {
                    Writer.Write($"const float *v = x + (oy * {_across.Output} + ox) * {_channels};");
                    Writer.Write($"const float *w = {Tensor("weight")} + (ky * {Text(_across.Kernel)} + kx) * {Text(_channels * _filters)} + n;");
                    using (Context.BeginFor("c", _channels))
                    {
                        Context.Unrolled("u", width, $"sum[u] = {Context.Library.Use("multiply_add")}(v[c], w[u], sum[u]);");
                        Writer.Write($"w += {Text(_filters)};");
                    }
                }
            }
        }

        Context.Unrolled("u", width, $"{Sums}[(iy * {Text(_across.Input)} + ix) * {Text(_filters)} + n + u] = {Result("sum[u]")};");
    }

    protected override void EmitInputGradient()
    {
        bool adds = Views.InputGradient.Adds;
        using (Context.BeginFunction(
            $"{Name}: the gradient of the inputs; one chain over the taps of each inside the output, then filters{(adds ? ", added to what is there" : "")}.",
            $"static void {Name}_input_gradient({Parameters}, const float *dz, float *dx)"))
        {
            using (Context.BeginFor("oy", _down.Output))
            {
                Window.EmitTaps(Context, _down, "oy", "y");
                using (Context.BeginFor("ox", _across.Output))
                {
                    Window.EmitTaps(Context, _across, "ox", "x");
                    foreach (TileStretch channels in TileSplit.Of(_channels, GradientTile))
                    {
                        using (Context.BeginFor("c", Text(channels.Start), Text(channels.End), channels.Width))
                            EmitInputGradientTile(channels.Width, adds);
                    }
                }
            }
        }
    }

    private void EmitInputGradientTile(int width, bool adds)
    {
        Writer.Write($"float sum[{width}] = {{0.0f}};");
        using (Context.BeginFor("ky", "ky0", "ky1"))
        using (Context.BeginFor("kx", "kx0", "kx1"))
        {
            Writer.Write($"const float *d = dz + ((top + {Terms.Times("ky", _down.Dilation)}) * {Text(_across.Input)} + left + {Terms.Times("kx", _across.Dilation)}) * {Text(_filters)};");
            Writer.Write($"const float *w = {Tensor("weight")} + ((ky * {Text(_across.Kernel)} + kx) * {Text(_channels)} + c) * {Text(_filters)};");
            using (Context.BeginFor("n", _filters))
                Context.Unrolled("i", width, $"sum[i] = {Context.Library.Use("multiply_add")}(d[n], w[i * {Text(_filters)} + n], sum[i]);");
        }

        Context.Unrolled("i", width, $"dx[(oy * {Text(_across.Output)} + ox) * {Text(_channels)} + c + i] {(adds ? "+=" : "=")} sum[i];");
    }

    protected override void EmitUpdate()
    {
        using (Context.BeginFunction(
            $"{Name}: weights{(_layer.HasBias ? " and biases" : "")} along their gradients. Sample b belongs to chain b mod 16; a chain runs over\nthe inputs that have the tap inside the output, and the chains are added in halves.",
            $"static void {Name}_update({Updates}, const float *x, const float *dz, int32_t count)"))
        {
            using (Context.BeginFor("ky", _down.Kernel))
            using (Context.BeginFor("kx", _across.Kernel))
            {
                Window.EmitWindows(Context, _down, "y");
                Window.EmitWindows(Context, _across, "x");
                using (Context.BeginFor("c", _channels))
                {
                    foreach (TileStretch filters in TileSplit.Of(_filters, Tile))
                    {
                        using (Context.BeginFor("n", Text(filters.Start), Text(filters.End), filters.Width))
                            EmitUpdateTile(filters.Width);
                    }
                }
            }

            if (_layer.HasBias)
                EmitBiasUpdate();
        }
    }

    private void EmitUpdateTile(int width)
    {
        Chains chains = new(Context);
        Writer.Write($"float chain[{chains.Count}][{width}] = {{{{0.0f}}}};");
        using (Context.BeginFor("b", "0", "count"))
        {
            Writer.Write($"float sum[{width}];");
            Context.Unrolled("u", width, $"sum[u] = chain[{chains.Index}][u];");
            using (Context.BeginFor("oy", "oy0", "oy1"))
            using (Context.BeginFor("ox", "ox0", "ox1"))
            {
                Writer.Write($"const float value = x[b * {Text(Views.Input.Stride)} + (oy * {Text(_across.Output)} + ox) * {Text(_channels)} + c];");
                Writer.Write($"const float *d = dz + b * {Text(plan.SumGradient.Stride)} + (({Terms.Times("oy", _down.Stride)} + top) * {Text(_across.Input)} + {Terms.Times("ox", _across.Stride)} + left) * {Text(_filters)} + n;");
                Context.Unrolled("u", width, $"sum[u] = {Context.Library.Use("multiply_add")}(value, d[u], sum[u]);");
            }

            Context.Unrolled("u", width, $"chain[{chains.Index}][u] = sum[u];");
        }

        chains.EmitHalves("u", width);
        Context.Unrolled("u", width, Context.Rule!.Update(
            Member("weight"), $"((ky * {Text(_across.Kernel)} + kx) * {Text(_channels)} + c) * {Text(_filters)} + n + u", chains.Result("chain[0][u]")));
    }

    private static string Shape(int height, int width, int channels) => $"({Text(height)}, {Text(width)}, {Text(channels)})";
}
