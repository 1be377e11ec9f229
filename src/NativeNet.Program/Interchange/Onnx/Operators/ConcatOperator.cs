using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Concat along the axis that lies innermost here.</summary>
internal static class ConcatOperator
{
    /// <summary>Imports a node.</summary>
    public static void Import(OperatorCall call)
    {
        SampleValue[] samples = [.. Enumerable.Range(0, call.Node.Inputs.Length).Select(call.Sample)];
        AxisMap first = samples[0].Map;
        int axis = call.Axis(call.Integer("axis", 1), first.Rank);
        bool fits = samples.All(sample => sample.Map.Rank == first.Rank && sample.Map.BatchAxis == first.BatchAxis
            && Enumerable.Range(0, first.Rank).All(i => i == axis || sample.Map[i] == first[i]));
        if (!fits || axis == first.BatchAxis)
            throw call.Unsupported("joins values whose other axes differ, or samples");

        if (samples.Length == 1)
        {
            call.Set(samples[0]);
            return;
        }

        int[] others = [.. Enumerable.Range(0, first.Rank).Where(i => i != axis && i != first.BatchAxis)];
        AxisMap map;
        if (others.All(i => first[i] == 1))
        {
            map = AxisMap.Join([.. samples.Select(static sample => sample.Map)]);
            foreach (int other in others)
                map = map.With(other);
        }
        else if (others.Length <= 2 && samples.All(sample => sample.Map.IsInMemoryOrder([.. others, axis])))
        {
            map = AxisMap.Of(first.Dimensions.SetItem(axis, samples.Sum(sample => sample.Map[axis])), first.BatchAxis, [.. others, axis]);
        }
        else
        {
            throw call.Unsupported("joins values along an axis that is not the last one here", "join channels");
        }

        ImmutableArray<int> leading = others.All(i => first[i] == 1) ? [] : [.. others.Select(i => first[i])];
        call.Set(
            new LayerDraft("concat", "", [.. samples.Select(sample => call.Draft.View(sample.Source, [.. leading, sample.Map[axis]]))], [.. leading, samples.Sum(sample => sample.Map[axis])]),
            map);
    }
}
