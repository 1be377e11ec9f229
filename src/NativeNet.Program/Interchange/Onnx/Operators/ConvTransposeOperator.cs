using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>ConvTranspose.</summary>
internal static class ConvTransposeOperator
{
    /// <summary>Imports a node.</summary>
    public static void Import(OperatorCall call)
    {
        SampleValue sample = call.PaddedSample(0);
        ConstantValue weight = call.Constant(1);
        int source = Images.SourceOf(call, sample with { Pads = [] }), channels = sample.Map[1], sides = sample.Map.Rank - 2;
        if (call.Integer("group", 1) != 1)
            throw call.Unsupported("has groups, which transposed layers do not");
        if (weight.Dimensions.Length != sides + 2 || weight.Dimensions[0] != channels)
            throw call.Unsupported($"has weights of [{string.Join(", ", weight.Dimensions)}], which do not fit its input");

        ImmutableArray<int> kernel = ConvTensors.KernelOf(call, weight);

        int filters = weight.Dimensions[1];
        float[]? bias = ConvTensors.BiasesOf(call, filters);

        Walk[] walks = Walks(call, kernel, sample);
        ImmutableArray<int> outputs = [.. walks.Select(static walk => walk.Output)];
        int layer = call.Draft.Add(new LayerDraft(sides == 1 ? "conv1dTranspose" : "conv2dTranspose", Keys(call, filters, walks), [source], [.. outputs, filters], ChannelsLast(weight))
        {
            HasSums = true,
            Bias = bias,
            Name = call.Node.Name,
        });
        call.Set(new SampleValue(layer, Images.MapOf(sample.Map.Batch, filters, outputs)));
    }

    /// <summary>The axes. Zeros around the input are windows that add nothing: those before it are taken away less, those behind it leave more.</summary>
    private static Walk[] Walks(OperatorCall call, ImmutableArray<int> kernel, SampleValue sample)
    {
        int sides = kernel.Length;
        ImmutableArray<int> ones = [.. Enumerable.Repeat(1, sides)], zeros = [.. Enumerable.Repeat(0, 2 * sides)];
        ImmutableArray<int> strides = call.Integers("strides") ?? ones, dilations = call.Integers("dilations") ?? ones, more = call.Integers("output_padding") ?? zeros[..sides];
        string automatic = call.Word("auto_pad", "NOTSET");
        ImmutableArray<int>? sizes = call.Integers("output_shape");
        ImmutableArray<int> pads = (call.Integers("pads"), automatic) is ({ } given, "NOTSET" or "") ? given : zeros;
        if (strides.Length != sides || dilations.Length != sides || more.Length != sides || pads.Length != 2 * sides || (sizes is { } all && all.Length != sides))
            throw call.Unsupported("has another number of strides, dilations, pads or sizes than its window has sides");
        if (kernel.Concat(strides).Concat(dilations).Any(static size => size is < 1 or > NetworkLimits.WindowSide) || pads.Concat(more).Any(static size => size is < 0 or > NetworkLimits.Size))
            throw call.Unsupported(string.Create(CultureInfo.InvariantCulture, $"has a window with a side, stride or dilation beyond {NetworkLimits.WindowSide}, or pads out of range"));
        if (sample.Pads.Take(2).Any(static pad => pad != (0, 0)))
            throw call.Unsupported("reads a Pad of samples or channels");

        var walks = new Walk[sides];
        for (int side = 0; side < sides; side++)
        {
            int input = sample.Map[side + 2], reach = (dilations[side] * (kernel[side] - 1)) + 1;
            (long ahead, long after) = sample.Pads.IsEmpty ? (0, 0) : sample.Pads[side + 2];
            long padded = ahead + input + after, whole = ((padded - 1) * strides[side]) + reach;
            (long before, long output) = (pads[side], whole + more[side] - pads[side] - pads[sides + side]);
            if (sizes is not null || automatic is "SAME_UPPER" or "SAME_LOWER")
            {
                output = sizes is { } wanted ? wanted[side] : padded * strides[side];
                long taken = Math.Max(0, whole + more[side] - output);
                before = automatic == "SAME_UPPER" ? taken / 2 : taken - (taken / 2);
            }

            (before, whole) = (before - (ahead * strides[side]), ((input - 1L) * strides[side]) + reach);
            if (output < 1 || output > NetworkLimits.Activations || before < 0 || before >= reach || whole - before < 1)
                throw call.Unsupported("pads further than its window reaches, or to nothing", "pad less");
            walks[side] = new Walk(kernel[side], strides[side], dilations[side], (int)before, whole, (int)output);
        }

        return walks;
    }

    /// <summary>The keys of the layer: padding is the same at both ends and the rest is added behind, or of a signal that loses more behind, two numbers.</summary>
    private static string Keys(OperatorCall call, int filters, Walk[] walks)
    {
        string keys = string.Create(CultureInfo.InvariantCulture, $", \"filters\": {filters}, \"kernelSize\": {Sides(walks, static walk => walk.Kernel)}, \"strides\": {Sides(walks, static walk => walk.Stride)}");
        if (walks.Any(static walk => walk.Dilation != 1))
            keys += $", \"dilation\": {Sides(walks, static walk => walk.Dilation)}";
        if (walks is [{ More: < 0 } only] && only.Before - only.More < only.Reach)
            return keys + string.Create(CultureInfo.InvariantCulture, $", \"padding\": [{only.Before}, {only.Before - only.More}]");
        if (walks.Any(static walk => walk.More < 0) && walks.All(static walk => walk.IsSame))
            return keys + ", \"padding\": \"same\"" + OutputPadding(walks, static walk => walk.Added);
        if (walks.Any(static walk => walk.More < 0 || walk.Whole - (2L * walk.Before) < 1))
            throw call.Unsupported("takes more away behind than before, which layers of images do not", "pad both ends alike");
        if (walks.Any(static walk => walk.Before > 0))
            keys += $", \"padding\": {Sides(walks, static walk => walk.Before)}";
        return keys + OutputPadding(walks, static walk => walk.More);
    }

    private static string OutputPadding(Walk[] walks, Func<Walk, long> more)
        => walks.All(walk => more(walk) == 0) ? "" : $", \"outputPadding\": {Sides(walks, walk => (int)more(walk))}";

    private static string Sides(Walk[] walks, Func<Walk, int> side) => WindowWalk.Sides(walks.Select(side));

    /// <summary>(channels, filters, taps) as (filters, taps, channels).</summary>
    private static float[] ChannelsLast(ConstantValue weight)
    {
        int channels = weight.Dimensions[0], all = channels == 0 ? 0 : weight.Floats.Length / channels;
        float[] values = weight.Floats, ordered = new float[values.Length];
        for (int i = 0; i < ordered.Length; i++)
            ordered[i] = values[(i % channels * all) + (i / channels)];
        return ordered;
    }

    /// <summary>How windows, one an input, lie over one axis of the output.</summary>
    /// <param name="Kernel">The taps of a window.</param>
    /// <param name="Stride">Positions from window to window.</param>
    /// <param name="Dilation">Positions from tap to tap.</param>
    /// <param name="Before">Positions that are taken away before the output.</param>
    /// <param name="Whole">Positions that windows touch.</param>
    /// <param name="Output">Positions of the output.</param>
    private readonly record struct Walk(int Kernel, int Stride, int Dilation, int Before, long Whole, int Output)
    {
        /// <summary>Positions of the output behind those that are left where as many are taken away behind as before.</summary>
        public long More => Output - (Whole - (2L * Before));

        /// <summary>Positions of the output behind those that "same" leaves, as many for each input as a step.</summary>
        public long Added => Output - (Whole - Reach + Stride);

        /// <summary>Whether the output is the middle of what windows touch, and perhaps more behind.</summary>
        public bool IsSame => Added >= 0 && Before == Math.Max(0, Reach - Stride) / 2;

        /// <summary>Positions under a window.</summary>
        public int Reach => (Dilation * (Kernel - 1)) + 1;
    }
}
