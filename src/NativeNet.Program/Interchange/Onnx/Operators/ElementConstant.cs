using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>A constant beside a value, brought into the value's order: one number a channel where that will do, else one an element.</summary>
/// <param name="Sample">The value.</param>
/// <param name="Values">The numbers, one for each channel of what the value's layer gives, or for each of its elements.</param>
internal sealed record ElementConstant(SampleValue Sample, float[] Values)
{
    /// <summary>A batchNorm with as many channels has four times as many parameters, the most that a network may have.</summary>
    private const int MostElements = Description.NetworkLimits.Parameters / 4;

    /// <summary>Brings a constant to the elements of a value.</summary>
    /// <param name="call">The node.</param>
    /// <param name="sample">The value.</param>
    /// <param name="constant">The constant, whose shape is that of the value or can be widened to it.</param>
    /// <param name="channelsAxis">The axis with which a vector goes, by the rules of old operators; null for the last one.</param>
    public static ElementConstant Of(OperatorCall call, SampleValue sample, ConstantValue constant, int? channelsAxis = null)
    {
        AxisMap map = sample.Map;
        ImmutableArray<int> own = constant.Dimensions;
        int axis = call.Integer("broadcast", 0) != 0 ? call.Axis(call.Integer("axis", map.Rank - own.Length), map.Rank) : own is { Length: 1 } && own[0] > 1 && channelsAxis is { } channels ? channels : -1;
        if (axis >= 0)
            own = [.. Enumerable.Repeat(1, axis), .. own, .. Enumerable.Repeat(1, Math.Max(0, map.Rank - axis - own.Length))];
        ImmutableArray<int> shape = ShapeRules.Widened(own, map.Rank);
        bool fits = shape.Length == map.Rank && shape.Select((size, i) => size == 1 || (size == map[i] && i != map.BatchAxis)).All(static each => each);
        if (!fits)
            throw call.Unsupported($"joins [{string.Join(", ", map.Dimensions)}] with a constant of [{string.Join(", ", constant.Dimensions)}], which widens the value or differs from sample to sample");

        int last = call.Draft.ShapeOf(sample.Source)[^1];
        float[] floats = constant.Floats;
        if (floats.Length == 1)
            return new ElementConstant(sample, [.. Enumerable.Repeat(floats[0], last)]);

        int[] varying = [.. Enumerable.Range(0, map.Rank).Where(i => shape[i] > 1)];
        if (varying is [var only] && map[only] == last && map.IsInnermost(only))
            return new ElementConstant(sample, floats);
        if (map.Length > MostElements)
            throw call.Unsupported("joins a large value with a constant that differs from element to element");

        float[] elements = Elements(map, call.Reorder(map), shape, floats);
        for (int i = last; i < elements.Length; i++)
        {
            if (elements[i] != elements[i - last])
                return new ElementConstant(sample, elements);
        }

        return new ElementConstant(sample, elements[..last]);
    }

    /// <summary>Other numbers beside the same value.</summary>
    /// <param name="function">What becomes of each number.</param>
    public ElementConstant Select(Func<float, float> function) => this with { Values = [.. Values.Select(function)] };

    /// <summary>What gives the value with as many channels as there are numbers.</summary>
    /// <param name="call">The node.</param>
    public int View(OperatorCall call)
        => call.Draft.ShapeOf(Sample.Source)[^1] == Values.Length ? Sample.Source : call.Draft.View(Sample.Source, [Values.Length]);

    private static float[] Elements(AxisMap map, int[]? positions, ImmutableArray<int> shape, float[] floats)
    {
        float[] elements = new float[map.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            int rest = positions is null ? i : positions[i], place = 0, stride = 1;
            for (int axis = map.Rank - 1; axis >= 0; axis--)
            {
                if (axis == map.BatchAxis)
                    continue;
                place += shape[axis] == 1 ? 0 : rest % map[axis] * stride;
                stride *= shape[axis];
                rest /= map[axis];
            }

            elements[i] = floats[place];
        }

        return elements;
    }
}
