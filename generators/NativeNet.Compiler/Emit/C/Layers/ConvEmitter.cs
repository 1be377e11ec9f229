using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a convolution: tiles of filters at one window forward, of channels at one position backward.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class ConvEmitter(CContext context, ConvPlan plan) : ActivatedEmitter(context, plan, plan.Conv.Activation, plan.TakesActivationBack)
{
    /// <summary>The most sums of a tile.</summary>
    private const int Tile = 16, GradientTile = 8;

    private readonly ConvSpec _conv = plan.Conv;
    private readonly WindowAxis _down = plan.Conv.Window.Vertical, _across = plan.Conv.Window.Horizontal;
    private readonly int _filters = plan.Conv.Filters, _channels = plan.Conv.Window.Channels;
    private readonly int _groupFilters = plan.Conv.GroupFilters, _groupChannels = plan.Conv.GroupChannels;

    /// <summary>Whether each filter has a channel of its own, so that tiles lie over both.</summary>
    private bool IsDepthwise => _groupFilters == 1 && _groupChannels == 1;

    /// <summary>Filters that a tile must not leave.</summary>
    private int TiledFilters => IsDepthwise ? _filters : _groupFilters;

    public override void EmitForward()
    {
        if (plan.History is { } history)
        {
            EmitProcess(history);
            return;
        }

        string kernel = $"kernel {Text(_down.Kernel)} x {Text(_across.Kernel)}, steps {Text(_down.Stride)} x {Text(_across.Stride)}";
        string groups = _conv.Groups == 1 ? "" : $", {Text(_conv.Groups)} groups";
        using (Context.BeginFunction(
            $"{Name}: {Shape(_down.Input, _across.Input, _channels)} -> {Shape(_down.Output, _across.Output, _filters)}{ActivationText.Suffix(_conv.Activation)}; {kernel}{groups}.\nEach sum one chain over rows, columns and channels of its window.",
            ForwardSignature))
        {
            using (Context.BeginFor("oy", _down.Output))
            {
                Window.EmitTaps(Context, _down, "oy", "y");
                using (Context.BeginFor("ox", _across.Output))
                {
                    Window.EmitTaps(Context, _across, "ox", "x");
                    EmitFilterTiles(EmitForwardTile);
                }
            }

            EmitLongActivation();
        }
    }

    /// <summary>The next frame of a signal, by what lies in the ring of the frames before it.</summary>
    private void EmitProcess(FrameHistory history)
    {
        (int kernel, int dilation, string integers) = (_across.Kernel, _across.Dilation, Text((int)history.Values));
        using (Context.BeginFunction(
            $"{Name}: the next frame, ({Text(_channels)}) -> ({Text(_filters)}){ActivationText.Suffix(_conv.Activation)}; {Text(kernel)} taps, {Text(dilation)} frames apart, in a ring of {Text(history.Frames)} frames, behind\nwhich stand the place of the next frame and the number of frames so far, up to {Text(history.Reach)}. Taps before the signal are part of no sum.",
            $"static void {Name}_process({Parameters}, const float *x, float *ring, float *y)"))
        {
            foreach (string function in (string[])["to_bits", "from_bits", "copy"])
                Context.Library.Use(function);
            Writer.Write($$"""
                int32_t place = (int32_t)to_bits(ring[{{integers}}]), known = (int32_t)to_bits(ring[{{integers}} + 1]), taps, first;
                if (place < 0 || place >= {{history.Frames}} || known < 0 || known > {{history.Reach}}) {
                    place = 0;
                    known = 0;
                }
                copy(x, ring + place * {{_channels}}, {{_channels}});
                taps = known / {{dilation}} + 1;
                taps = taps < {{kernel}} ? taps : {{kernel}};
                first = place - (taps - 1) * {{dilation}};
                first = first < 0 ? first + {{history.Frames}} : first;
                """);
            EmitFilterTiles(width => EmitProcessTile(width, history));
            Writer.Write($"ring[{integers}] = from_bits(place + 1 == {history.Frames} ? 0u : (uint32_t)place + 1u);");
            Writer.Write($"ring[{integers} + 1] = from_bits(known == {history.Reach} ? {history.Reach}u : (uint32_t)known + 1u);");
            EmitLongActivation();
        }
    }

    private void EmitProcessTile(int width, FrameHistory history)
    {
        Writer.Write($"const float *w = {Tensor("weight")} + ({_across.Kernel} - taps) * {_groupChannels * _filters} + n;");
        Writer.Write("int32_t frame = first;");
        Writer.Write($"float sum[{width}];");
        Context.Unrolled("u", width, $"sum[u] = {(_conv.HasBias ? $"{Tensor("bias")}[n + u]" : "0.0f")};");
        using (Context.BeginFor("tap", "0", "taps"))
        {
            Writer.Write($"const float *v = ring + {Terms.Times("frame", _channels)}{FirstChannel};");
            using (Context.BeginFor("c", _groupChannels))
                EmitProducts(width, IsDepthwise ? "v[u]" : "v[c]");
            Writer.Write($"frame += {_across.Dilation};");
            Writer.Write($"frame = frame >= {history.Frames} ? frame - {history.Frames} : frame;");
        }

        Context.Unrolled("u", width, $"y[n + u] = {Result("sum[u]")};");
    }

    protected override void EmitProcessCall(Call call, Places place)
        => Writer.Write($"{Name}_process(parameters, {Inputs(call, place)[0]}, {place.Stream(call.Writes[call.Writes.Count - 1])}, {place.Sample(call.Writes[0])});");

    /// <summary>Writes loops over filters, by tiles that stay in one group.</summary>
    private void EmitFilterTiles(Action<int> emit)
    {
        if (_conv.Groups == 1 || IsDepthwise)
        {
            foreach (TileStretch filters in TileSplit.Of(_filters, Tile))
            {
                using (Context.BeginFor("n", Text(filters.Start), Text(filters.End), filters.Width))
                    emit(filters.Width);
            }

            return;
        }

        using (Context.BeginFor("g", _conv.Groups))
        {
            foreach (TileStretch filters in TileSplit.Of(_groupFilters, Tile))
            {
                string first = $"g * {Text(_groupFilters)}";
                using (Context.BeginFor("n", Terms.Plus(first, filters.Start), Terms.Plus(first, filters.End), filters.Width))
                    emit(filters.Width);
            }
        }
    }

    private void EmitForwardTile(int width)
    {
        string start = _conv.HasBias ? $"{Tensor("bias")}[n + u]" : "0.0f";
        Writer.Write($"float sum[{width}];");
        Context.Unrolled("u", width, $"sum[u] = {start};");
        using (Context.BeginFor("ky", "ky0", "ky1"))
        {
            bool hasRuns = _conv.Groups == 1 && _across.Dilation == 1;
            if (hasRuns)
                Writer.Write($"const float *w = {Tensor("weight")} + {Terms.Times($"({Terms.Times("ky", _across.Kernel)} + kx0)", _groupChannels * _filters)} + n;");
            Writer.Write($"const int32_t row = {Terms.Times($"((top + {Terms.Times("ky", _down.Dilation)}) * {Text(_across.Input)} + left{(hasRuns ? " + kx0" : "")})", _channels)}{FirstChannel};");
            if (hasRuns)
            {
                using (Context.BeginFor("i", "0", Terms.Times("(kx1 - kx0)", _channels)))
                    EmitProducts(width, "x[row + i]");
            }
            else
            {
                using (Context.BeginFor("kx", "kx0", "kx1"))
                {
                    Writer.Write($"const float *w = {Tensor("weight")} + {Terms.Times($"({Terms.Times("ky", _across.Kernel)} + kx)", _groupChannels * _filters)} + n;");
                    using (Context.BeginFor("c", _groupChannels))
                        EmitProducts(width, $"x[row + {Terms.Times("kx", _across.Dilation * _channels)} + c{(IsDepthwise ? " + u" : "")}]");
                }
            }
        }

        Context.Unrolled("u", width, $"{Sums}[({Terms.Times("oy", _across.Output)} + ox) * {Text(_filters)} + n + u] = {Result("sum[u]")};");
    }

    /// <summary>The channels in front of those that filter n sees.</summary>
    private string FirstChannel => _conv.Groups == 1 ? "" : IsDepthwise ? " + n" : $" + g * {Text(_groupChannels)}";

    private void EmitProducts(int width, string x)
    {
        Context.Unrolled("u", width, $"sum[u] = {Context.Library.Use("multiply_add")}({x}, w[u], sum[u]);");
        Writer.Write($"w = &w[{Text(_filters)}];");
    }

    protected override void EmitInputGradient()
    {
        bool adds = Views.InputGradient.Adds;
        using (Context.BeginFunction(
            $"{Name}: the gradient of the inputs; one chain over the taps through which windows see a position, then filters{(adds ? ", added to what is there" : "")}.",
            $"static void {Name}_input_gradient({Parameters}, const float *dz, float *dx)"))
        {
            using (Context.BeginFor("iy", _down.Input))
            using (Context.BeginFor("ix", _across.Input))
            {
                foreach (TileStretch channels in TileSplit.Of(IsDepthwise || _conv.Groups == 1 ? _channels : _groupChannels, GradientTile))
                {
                    if (_conv.Groups == 1 || IsDepthwise)
                    {
                        using (Context.BeginFor("c", Text(channels.Start), Text(channels.End), channels.Width))
                            EmitInputGradientTile(channels.Width, adds);
                        continue;
                    }

                    using (Context.BeginFor("g", _conv.Groups))
                    using (Context.BeginFor("c", Text(channels.Start), Text(channels.End), channels.Width))
                        EmitInputGradientTile(channels.Width, adds);
                }
            }
        }
    }

    private void EmitInputGradientTile(int width, bool adds)
    {
        string use = Context.Library.Use("window_of"), group = _conv.Groups == 1 || IsDepthwise ? "" : $" + g * {Text(_groupFilters)}";
        Writer.Write($"float sum[{width}] = {{0.0f}};");
        using (Context.BeginFor("ky", _down.Kernel))
        {
            Writer.Write($"const int32_t oy = {use}({Terms.Plus("iy", _down.Before)}, {Terms.Times("ky", _down.Dilation)}, {_down.Stride}, {_down.Output});");
            using (Context.BeginFor("kx", _across.Kernel))
            {
                Writer.Write($"const int32_t ox = {use}({Terms.Plus("ix", _across.Before)}, {Terms.Times("kx", _across.Dilation)}, {_across.Stride}, {_across.Output});");
                using (Writer.BeginBlock("if (oy >= 0 && ox >= 0)"))
                {
                    Writer.Write($"const float *d = dz + ({Terms.Times("oy", _across.Output)} + ox) * {_filters}{(IsDepthwise ? " + c" : group)};");
                    Writer.Write(IsDepthwise
                        ? $"const float *w = {Tensor("weight")} + ({Terms.Times("ky", _across.Kernel)} + kx) * {Text(_filters)} + c;"
                        : $"const float *w = {Tensor("weight")} + ({Terms.Times($"({Terms.Times("ky", _across.Kernel)} + kx)", _groupChannels)} + c) * {Text(_filters)}{group};");
                    if (IsDepthwise)
                    {
                        Context.Unrolled("i", width, "sum[i] = multiply_add(d[i], w[i], sum[i]);");
                    }
                    else
                    {
                        using (Context.BeginFor("n", _groupFilters))
                            Context.Unrolled("i", width, $"sum[i] = multiply_add(d[n], w[i * {Text(_filters)} + n], sum[i]);");
                    }
                }
            }
        }

        string channel = _conv.Groups == 1 || IsDepthwise ? "c" : $"g * {Text(_groupChannels)} + c";
        Context.Unrolled("i", width, $"dx[(iy * {Text(_across.Input)} + ix) * {Text(_channels)} + {channel} + i] {(adds ? "+=" : "=")} sum[i];");
    }

    protected override void EmitUpdate()
    {
        using (Context.BeginFunction(
            $"{Name}: weights{(_conv.HasBias ? " and biases" : "")} along their gradients. Sample b belongs to chain b mod 16; a chain runs over\nthe windows that have the tap inside the image, and the chains are added in halves.",
            $"static void {Name}_update({Updates}, const float *x, const float *dz, int32_t count)"))
        {
            using (Context.BeginFor("ky", _down.Kernel))
            using (Context.BeginFor("kx", _across.Kernel))
            {
                Window.EmitWindows(Context, _down, "y");
                Window.EmitWindows(Context, _across, "x");
                if (IsDepthwise)
                {
                    EmitFilterTiles(EmitUpdateTile);
                }
                else
                {
                    using (Context.BeginFor("c", _groupChannels))
                        EmitFilterTiles(EmitUpdateTile);
                }
            }

            if (_conv.HasBias)
                EmitBiasUpdate();
        }
    }

    private void EmitUpdateTile(int width)
    {
        Chains chains = new(Context);
        string channel = IsDepthwise ? " + n" : _conv.Groups == 1 ? " + c" : $" + g * {Text(_groupChannels)} + c";
        string weight = IsDepthwise
            ? $"({Terms.Times("ky", _across.Kernel)} + kx) * {Text(_filters)} + n + u"
            : $"({Terms.Times($"({Terms.Times("ky", _across.Kernel)} + kx)", _groupChannels)} + c) * {Text(_filters)} + n + u";
        Writer.Write($"float chain[{chains.Count}][{width}] = {{{{0.0f}}}};");
        using (Context.BeginFor("b", "0", "count"))
        {
            Writer.Write($"float sum[{width}];");
            Context.Unrolled("u", width, $"sum[u] = chain[{chains.Index}][u];");
            using (Context.BeginFor("oy", "oy0", "oy1"))
            using (Context.BeginFor("ox", "ox0", "ox1"))
            {
                Writer.Write($"const float *v = x + b * {Views.Input.Stride} + {Terms.Times($"(({Terms.Times("oy", _down.Stride)} + top) * {Text(_across.Input)} + {Terms.Times("ox", _across.Stride)} + left)", _channels)}{channel};");
                Writer.Write($"const float *d = dz + b * {plan.SumGradient.Stride} + ({Terms.Times("oy", _across.Output)} + ox) * {_filters} + n;");
                Context.Unrolled("u", width, $"sum[u] = multiply_add({(IsDepthwise ? "v[u]" : "*v")}, d[u], sum[u]);");
            }

            Context.Unrolled("u", width, $"chain[{chains.Index}][u] = sum[u];");
        }

        chains.EmitHalves("u", width);
        Context.Unrolled("u", width, Context.Rule!.Update(Member("weight"), weight, chains.Result("chain[0][u]")));
    }

    private static string Shape(int height, int width, int channels) => $"({Text(height)}, {Text(width)}, {Text(channels)})";
}
