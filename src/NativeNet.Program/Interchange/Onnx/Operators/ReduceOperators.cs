using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Means, greatest values and sums over axes, which are pools whose one window is as long as an axis.</summary>
internal static class ReduceOperators
{
    /// <summary>ReduceMean and ReduceMax.</summary>
    /// <param name="call">The node.</param>
    /// <param name="type">The pool, but for its number of sides: <c>averagePool</c> or <c>maxPool</c>.</param>
    public static void Import(OperatorCall call, string type) => call.Set(Reduce(call, type).Reduced);

    /// <summary>ReduceSum: the mean times the number of elements.</summary>
    public static void Sum(OperatorCall call)
    {
        (SampleValue mean, int count) = Reduce(call, "averagePool");
        call.Set(Scaling.Multiply(call, mean, count));
    }

    private static (SampleValue Reduced, int Count) Reduce(OperatorCall call, string type)
    {
        SampleValue sample = call.Sample(0);
        AxisMap map = sample.Map;
        bool keepsAxes = call.Integer("keepdims", 1) != 0, isNothing = call.Integer("noop_with_empty_axes", 0) != 0;
        ImmutableArray<int> axes = [.. (call.IntegersOf("axes", 1) ?? []).Select(axis => call.Axis(axis, map.Rank)).Distinct()];
        if (axes.IsEmpty && !isNothing)
            axes = [.. Enumerable.Range(0, map.Rank)];
        if (axes.Contains(map.BatchAxis))
            throw call.Unsupported("takes samples together", "take them together behind the network");
        if (map.MemoryOrder() is not { } order)
            throw call.Unsupported("takes elements together that do not lie side by side here", "do it before images are flattened");

        bool[] isReduced = [.. Enumerable.Range(0, map.Rank).Select(axis => axes.Contains(axis) && map[axis] > 1)];
        int source = sample.Source;
        int[] sizes = [.. map.Dimensions];
        while (Array.IndexOf(isReduced, true) >= 0)
            source = ReduceRun(call, type, source, [.. order.Where(axis => sizes[axis] > 1)], sizes, isReduced);

        AxisMap reduced = map.Resize(order, sizes);
        return (new SampleValue(source, keepsAxes ? reduced : reduced.Without(axes)), map.Length / reduced.Length);
    }

    /// <summary>Adds the pool over the last axes that lie side by side.</summary>
    private static int ReduceRun(OperatorCall call, string type, int source, int[] order, int[] sizes, bool[] isReduced)
    {
        int end = Array.FindLastIndex(order, axis => isReduced[axis]) + 1, start = end;
        while (start > 0 && isReduced[order[start - 1]])
            start--;

        int outer = Product(order[..start]), count = Product(order[start..end]), inner = Product(order[end..]);
        foreach (int axis in order[start..end])
            (sizes[axis], isReduced[axis]) = (1, false);

        if (outer == 1)
        {
            bool isWhole = call.Draft.ShapeOf(source) is { Length: > 1 } shape && shape[^1] == inner;
            string whole = type == "maxPool" ? "globalMaxPool" : "globalAveragePool";
            return call.Draft.Add(new LayerDraft(whole, "", [isWhole ? source : call.Draft.View(source, [count, inner])], [inner]));
        }

        if (count > NetworkLimits.WindowSide)
            throw call.Unsupported(string.Create(CultureInfo.InvariantCulture, $"takes {count} elements together; windows have at most {NetworkLimits.WindowSide} of a side"));
        string keys = string.Create(CultureInfo.InvariantCulture, $", \"poolSize\": [1, {count}]");
        return call.Draft.Add(new LayerDraft(type + "2d", keys, [call.Draft.View(source, [outer, count, inner])], [outer, 1, inner]));

        int Product(int[] axes) => axes.Aggregate(1, (product, axis) => product * sizes[axis]);
    }
}
