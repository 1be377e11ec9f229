using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Pooling of images and signals.</summary>
internal static class PoolOperators
{
    /// <summary>MaxPool and AveragePool.</summary>
    /// <param name="call">The node.</param>
    /// <param name="type">The layer, but for its number of sides.</param>
    public static void Import(OperatorCall call, string type)
    {
        // Zeros that a Pad has put around count in a mean; a greatest value would be theirs.
        SampleValue sample = type == "averagePool" ? call.PaddedSample(0) : call.Sample(0);
        int source = Images.SourceOf(call, sample with { Pads = [] }), sides = sample.Map.Rank - 2;
        ImmutableArray<int> kernel = call.Integers("kernel_shape") ?? throw call.Unsupported("does not say its kernel_shape");
        if (kernel.Length != sides)
            throw call.Unsupported("has a window of other axes than its input");
        if (call.Integer("storage_order", 0) != 0 || call.IsRead(1))
            throw call.Unsupported("gives the places of the greatest values, which no layer does");

        ImmutableArray<WindowWalk> walks = WindowWalk.Of(call, kernel, sample), fitted = WindowWalk.Fit(call, walks);
        bool counts = call.Integer("count_include_pad", 0) != 0, isPadded = !sample.Pads.IsEmpty;
        if (isPadded && !counts && (call.Word("auto_pad", "NOTSET") is not ("NOTSET" or "VALID") || (call.Integers("pads") is { } own && own.Any(static pad => pad > 0))))
            throw call.Unsupported("counts some of its padding in its means", "pad once");

        bool countsPadding = (counts || isPadded) && walks.Any(static walk => !walk.IsInside);
        if (countsPadding && call.Integer("ceil_mode", 0) != 0)
            throw call.Unsupported("counts padding in its means, but not what lies behind it", "set ceil_mode or count_include_pad to 0 (in PyTorch to False)");

        ImmutableArray<int> outputs = [.. fitted.Select(static walk => walk.Output)];
        string keys = WindowWalk.Keys(call, "poolSize", fitted, hasDilation: false) + (countsPadding ? ", \"countPadding\": true" : "");
        int layer = call.Draft.Add(new LayerDraft(sides == 1 ? type + "1d" : type + "2d", keys, [source], [.. outputs, sample.Map[1]]));
        call.Set(Cropping.Crop(call, new SampleValue(layer, Images.MapOf(sample.Map.Batch, sample.Map[1], outputs)), WindowWalk.Edges(walks, fitted)));
    }

    /// <summary>GlobalAveragePool and GlobalMaxPool.</summary>
    /// <param name="call">The node.</param>
    /// <param name="type">The layer.</param>
    public static void Global(OperatorCall call, string type)
    {
        SampleValue sample = call.Sample(0);
        int source = Images.SourceOf(call, sample), channels = sample.Map[1];
        call.Set(new LayerDraft(type, "", [source], [channels]), Images.MapOf(sample.Map.Batch, channels, Enumerable.Repeat(1, sample.Map.Rank - 2)));
    }
}
