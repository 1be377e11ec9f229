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
        SampleValue sample = call.Sample(0);
        int source = Images.SourceOf(call, sample), sides = sample.Map.Rank - 2;
        ImmutableArray<int> kernel = call.Integers("kernel_shape") ?? throw call.Unsupported("does not say its kernel_shape");
        if (kernel.Length != sides)
            throw call.Unsupported("has a window of other axes than its input");
        if (call.Integer("storage_order", 0) != 0 || call.IsRead(1))
            throw call.Unsupported("gives the places of the greatest values, which no layer does");

        ImmutableArray<WindowWalk> walks = WindowWalk.Of(call, kernel, sample);
        bool countsPadding = call.Integer("count_include_pad", 0) != 0 && walks.Any(static walk => !walk.IsInside);
        if (countsPadding && call.Integer("ceil_mode", 0) != 0)
            throw call.Unsupported("counts padding in its means, but not what lies behind it", "set ceil_mode or count_include_pad to 0 (in PyTorch to False)");

        ImmutableArray<int> outputs = [.. walks.Select(static walk => walk.Output)];
        call.Set(
            new LayerDraft(
                sides == 1 ? type + "1d" : type + "2d", WindowWalk.Keys(call, "poolSize", walks, hasDilation: false) + (countsPadding ? ", \"countPadding\": true" : ""),
                [source], [.. outputs, sample.Map[1]]),
            Images.MapOf(sample.Map.Batch, sample.Map[1], outputs));
    }

    /// <summary>GlobalAveragePool and GlobalMaxPool.</summary>
    /// <param name="call">The node.</param>
    /// <param name="type">The layer.</param>
    public static void Global(OperatorCall call, string type)
    {
        SampleValue sample = call.Sample(0);
        Add(call, sample, type, Images.MapOf(sample.Map.Batch, sample.Map[1], Enumerable.Repeat(1, sample.Map.Rank - 2)));
    }

    /// <summary>ReduceMean over rows and columns.</summary>
    public static void Mean(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        int rank = sample.Map.Rank;
        ImmutableArray<int> axes = call.IntegersOf("axes", 1) is { } named ? [.. named.Select(axis => call.Axis(axis, rank)).Order()] : [.. Enumerable.Range(0, rank)];
        bool keeps = call.Integer("keepdims", 1) != 0;
        call.Find("noop_with_empty_axes");
        if (rank is not (3 or 4) || !axes.SequenceEqual(Enumerable.Range(2, rank - 2)))
            throw call.Unsupported($"takes the mean over the axes {string.Join(", ", axes)}", "layers take it over rows and columns, axes 2 and 3");

        AxisMap map = Images.MapOf(sample.Map.Batch, sample.Map[1], Enumerable.Repeat(1, rank - 2));
        Add(call, sample, "globalAveragePool", keeps ? map : map.Without(axes));
    }

    private static void Add(OperatorCall call, SampleValue sample, string type, AxisMap map)
        => call.Set(new LayerDraft(type, "", [Images.SourceOf(call, sample)], [sample.Map[1]]), map);
}
