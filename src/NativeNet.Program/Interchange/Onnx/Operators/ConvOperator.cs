using System.Collections.Immutable;
using System.Globalization;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Conv.</summary>
internal static class ConvOperator
{
    /// <summary>Imports a node.</summary>
    public static void Import(OperatorCall call)
    {
        SampleValue sample = call.PaddedSample(0);
        ConstantValue weight = call.Constant(1);
        int source = Images.SourceOf(call, sample with { Pads = [] });
        int groups = call.Integer("group", 1), channels = sample.Map[1], sides = sample.Map.Rank - 2;
        if (weight.Dimensions.Length != sides + 2 || groups < 1 || channels % groups != 0 || weight.Dimensions[1] != channels / groups || weight.Dimensions[0] % groups != 0)
            throw call.Unsupported($"has weights of [{string.Join(", ", weight.Dimensions)}], which do not fit its input and groups");

        ImmutableArray<int> kernel = ConvTensors.KernelOf(call, weight);

        int filters = weight.Dimensions[0];
        ImmutableArray<WindowWalk> walks = WindowWalk.Of(call, kernel, sample), fitted = WindowWalk.Fit(call, walks);
        string keys = string.Create(CultureInfo.InvariantCulture, $", \"filters\": {filters}") + WindowWalk.Keys(call, "kernelSize", fitted, hasDilation: true)
            + (groups == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", \"groups\": {groups}"));
        float[]? bias = ConvTensors.BiasesOf(call, filters);

        ImmutableArray<int> outputs = [.. fitted.Select(static walk => walk.Output)];
        int layer = call.Draft.Add(new LayerDraft(sides == 1 ? "conv1d" : "conv2d", keys, [source], [.. outputs, filters], ChannelsLast(weight))
        {
            HasSums = true,
            Bias = bias,
            Name = call.Node.Name,
        });
        call.Set(Cropping.Crop(call, new SampleValue(layer, Images.MapOf(sample.Map.Batch, filters, outputs)), WindowWalk.Edges(walks, fitted)));
    }

    /// <summary>(filters, channels, taps) as (filters, taps, channels).</summary>
    private static float[] ChannelsLast(ConstantValue weight)
    {
        int channels = weight.Dimensions[1], taps = weight.Dimensions.Skip(2).Aggregate(1, static (product, side) => product * side), filter = channels * taps;
        float[] values = weight.Floats, ordered = new float[values.Length];
        for (int i = 0; i < ordered.Length; i++)
            ordered[i] = values[i - (i % filter) + (i % channels * taps) + (i % filter / channels)];
        return ordered;
    }
}
