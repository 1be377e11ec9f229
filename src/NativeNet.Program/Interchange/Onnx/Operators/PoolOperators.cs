using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Pooling; that of signals is that of images of one row.</summary>
internal static class PoolOperators
{
    /// <summary>MaxPool and AveragePool.</summary>
    /// <param name="call">The node.</param>
    /// <param name="type">The layer.</param>
    public static void Import(OperatorCall call, string type)
    {
        SampleValue sample = call.Sample(0);
        int source = Images.SourceOf(call, sample);
        ImmutableArray<int> kernel = call.Integers("kernel_shape") ?? throw call.Unsupported("does not say its kernel_shape");
        if (kernel.Length != sample.Map.Rank - 2)
            throw call.Unsupported("has a window of other axes than its input");
        if (call.Integer("storage_order", 0) != 0 || call.IsRead(1))
            throw call.Unsupported("gives the places of the greatest values, which no layer does");

        ImmutableArray<WindowWalk> walks = WindowWalk.Of(call, kernel, sample);
        if (call.Integer("count_include_pad", 0) != 0 && walks.Any(static walk => walk.Before > 0 || ((walk.Output - 1) * walk.Stride) + walk.Kernel > walk.Input))
            throw call.Unsupported("counts padding in its means; layers leave it out", "set count_include_pad to 0 (in PyTorch to False)");
        AxisMap map = Images.MapOf(sample.Map.Batch, sample.Map[1], walks.Select(static walk => walk.Output));
        Add(call, source, type, walks, map);
    }

    /// <summary>GlobalAveragePool.</summary>
    public static void GlobalAverage(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        AddMean(call, sample, Images.MapOf(sample.Map.Batch, sample.Map[1], Enumerable.Repeat(1, sample.Map.Rank - 2)));
    }

    /// <summary>GlobalMaxPool: a window as large as the image.</summary>
    public static void GlobalMax(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        int source = Images.SourceOf(call, sample);
        ImmutableArray<WindowWalk> walks = [.. sample.Map.Dimensions.Skip(2).Select(static size => new WindowWalk(size, size, size, 1, 0, 1))];
        if (walks.Any(static walk => walk.Kernel > Description.NetworkLimits.WindowSide))
            throw call.Unsupported("takes the greatest value over more positions than a window may have");
        Add(call, source, "maxPool2d", walks, Images.MapOf(sample.Map.Batch, sample.Map[1], walks.Select(static _ => 1)));
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
        AddMean(call, sample, keeps ? map : map.Without(axes));
    }

    private static void AddMean(OperatorCall call, SampleValue sample, AxisMap map)
    {
        int source = Images.SourceOf(call, sample), channels = sample.Map[1];
        int image = sample.Map.Rank == 4 ? source : call.Draft.View(source, [1, sample.Map[2], channels]);
        call.Set(new LayerDraft("globalAveragePool", "", [image], [channels]), map);
    }

    private static void Add(OperatorCall call, int source, string type, ImmutableArray<WindowWalk> walks, AxisMap map)
    {
        int channels = map[1];
        if (walks.Length == 1)
        {
            source = call.Draft.View(source, [1, walks[0].Input, channels]);
            walks = [new WindowWalk(1, 1, 1, 1, 0, 1), walks[0]];
        }

        ImmutableArray<int> output = [walks[0].Output, walks[1].Output, channels];
        call.Set(new LayerDraft(type, WindowWalk.Keys(call, "poolSize", walks, hasDilation: false), [source], output), map);
    }
}
