using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Works out what does not depend on the sample: shapes for the most part, and weights that a graph prepares.</summary>
internal static class ConstantFolding
{
    private static readonly Dictionary<string, Func<OperatorCall, ConstantValue>> Operators = new(StringComparer.Ordinal)
    {
        ["Identity"] = static call => call.Constant(0),
        ["Cast"] = Cast,
        ["Reshape"] = static call => Shaped(call.Constant(0), ShapeRules.Reshaped(call, call.Constant(0).Dimensions)),
        ["Flatten"] = static call => Shaped(call.Constant(0), ShapeRules.Flattened(call, call.Constant(0).Dimensions)),
        ["Squeeze"] = Squeeze,
        ["Unsqueeze"] = Unsqueeze,
        ["Transpose"] = Transpose,
        ["Concat"] = Concat,
        ["Expand"] = Expand,
        ["Gather"] = Gather,
        ["Slice"] = Slice,
        ["Add"] = static call => Combine(call, static (x, y) => x + y, static (x, y) => unchecked(x + y)),
        ["Sub"] = static call => Combine(call, static (x, y) => x - y, static (x, y) => unchecked(x - y)),
        ["Mul"] = static call => Combine(call, static (x, y) => x * y, static (x, y) => unchecked(x * y)),
        ["Div"] = static call => Combine(call, static (x, y) => x / y, (x, y) => y is 0 or -1 ? unchecked(-x) : x / y),
        ["Sqrt"] = static call => new FloatConstant(call.Constant(0).Dimensions, [.. call.Constant(0).Floats.Select(MathF.Sqrt)]),
        ["Neg"] = static call => new FloatConstant(call.Constant(0).Dimensions, [.. call.Constant(0).Floats.Select(static x => -x)]),
    };

    /// <summary>Works a node out where it reads constants alone, or the shape of a value.</summary>
    /// <param name="call">The node.</param>
    /// <returns>Whether that was done.</returns>
    public static bool TryFold(OperatorCall call)
    {
        switch (call.Node.Operator)
        {
            case "Constant":
                call.Set(Constant(call));
                return true;
            case "ConstantOfShape":
                call.Set(Fill(call));
                return true;
            case "Shape":
                ImmutableArray<int> shape = call.Value(0) is SampleValue sample ? sample.Map.Dimensions : call.Constant(0).Dimensions;
                int start = call.Integer("start", 0), end = call.Integer("end", shape.Length);
                int first = Math.Clamp(start < 0 ? start + shape.Length : start, 0, shape.Length), last = Math.Clamp(end < 0 ? end + shape.Length : end, first, shape.Length);
                call.Set(new IntegerConstant([last - first], [.. shape[first..last].Select(static size => (long)size)]));
                return true;
            default:
                bool isConstant = Enumerable.Range(0, call.Node.Inputs.Length).All(input => !call.Has(input) || call.Value(input) is ConstantValue);
                if (!isConstant || !Operators.TryGetValue(call.Node.Operator, out Func<OperatorCall, ConstantValue>? fold))
                    return false;
                call.Set(fold(call));
                return true;
        }
    }

    private static ConstantValue Constant(OperatorCall call)
    {
        if (call.Find("value")?.Tensor is { } tensor)
            return new StoredConstant(tensor);
        if (call.Find("value_float")?.Single is { } single)
            return new FloatConstant([], [single]);
        if (call.Find("value_floats") is { } floats)
            return new FloatConstant([floats.Floats.Length], [.. floats.Floats]);
        if (call.Find("value_int")?.Integer is { } integer)
            return new IntegerConstant([], [integer]);
        return call.Find("value_ints") is { } integers
            ? new IntegerConstant([integers.Integers.Length], [.. integers.Integers])
            : throw call.Unsupported("holds neither numbers nor a tensor");
    }

    private static ConstantValue Fill(OperatorCall call)
    {
        ImmutableArray<int> shape = Sizes(call, call.Constant(0));
        int count = CheckRoom(call, shape);
        OnnxTensor? value = call.Find("value")?.Tensor;
        return value is { IsFloat: false }
            ? new IntegerConstant(shape, Enumerable.Repeat(value.ToIntegers()[0], count).ToArray())
            : new FloatConstant(shape, Enumerable.Repeat(value is null ? 0 : value.ToFloats()[0], count).ToArray());
    }

    private static ImmutableArray<int> Sizes(OperatorCall call, ConstantValue shape)
        => [.. shape.Integers.Select(size => size is >= 0 and <= int.MaxValue ? (int)size : throw call.Unsupported("gives a size that no tensor has"))];

    /// <summary>The elements of a shape, where there is room for them.</summary>
    private static int CheckRoom(OperatorCall call, IEnumerable<int> shape)
    {
        long count = shape.Aggregate(1L, static (product, size) => product > int.MaxValue ? product : product * size);
        call.CheckRoom(count);
        return (int)count;
    }

    private static ConstantValue Cast(OperatorCall call)
    {
        ConstantValue value = call.Constant(0);
        return (OnnxElementType)call.Integer("to", 0) switch
        {
            OnnxElementType.Float or OnnxElementType.Double => new FloatConstant(value.Dimensions, value.IsFloat ? value.Floats : [.. value.Integers.Select(static x => (float)x)]),
            OnnxElementType.Int64 or OnnxElementType.Int32 => new IntegerConstant(value.Dimensions, value.IsFloat ? [.. value.Floats.Select(static x => (long)x)] : value.Integers),
            var type => throw call.Unsupported($"casts to {type}"),
        };
    }

    private static ConstantValue Shaped(ConstantValue value, ImmutableArray<int> shape)
        => value.IsFloat ? new FloatConstant(shape, value.Floats) : new IntegerConstant(shape, value.Integers);

    private static ConstantValue Squeeze(OperatorCall call)
    {
        ConstantValue value = call.Constant(0);
        ImmutableArray<int> axes = ShapeRules.Squeezed(call, value.Dimensions, batchAxis: -1);
        return Shaped(value, [.. value.Dimensions.Where((_, axis) => !axes.Contains(axis))]);
    }

    private static ConstantValue Unsqueeze(OperatorCall call)
    {
        ConstantValue value = call.Constant(0);
        ImmutableArray<int> shape = value.Dimensions;
        foreach (int axis in ShapeRules.Unsqueezed(call, shape.Length))
            shape = shape.Insert(axis, 1);
        return Shaped(value, shape);
    }

    private static ConstantValue Transpose(OperatorCall call)
    {
        ConstantValue value = call.Constant(0);
        ImmutableArray<int> permutation = ShapeRules.Permutation(call, value.Dimensions.Length), shape = [.. permutation.Select(axis => value.Dimensions[axis])];
        int[] strides = Strides(value.Dimensions), places = [.. Places(shape, [.. permutation.Select(axis => strides[axis])])];
        return value.IsFloat
            ? new FloatConstant(shape, [.. places.Select(place => value.Floats[place])])
            : new IntegerConstant(shape, [.. places.Select(place => value.Integers[place])]);
    }

    private static ConstantValue Concat(OperatorCall call)
    {
        ConstantValue[] parts = [.. Enumerable.Range(0, call.Node.Inputs.Length).Select(call.Constant)];
        if (call.Axis(call.Integer("axis", 0), Math.Max(1, parts[0].Dimensions.Length)) != 0)
            throw call.Unsupported("joins constants along another axis than the first");
        ImmutableArray<int> shape = parts[0].Dimensions.IsEmpty ? [parts.Length] : parts[0].Dimensions.SetItem(0, parts.Sum(static part => part.Dimensions[0]));
        call.CheckRoom(parts.Sum(static part => (long)part.Count));
        return parts[0].IsFloat
            ? new FloatConstant(shape, [.. parts.SelectMany(static part => part.Floats)])
            : new IntegerConstant(shape, [.. parts.SelectMany(static part => part.Integers)]);
    }

    private static ConstantValue Expand(OperatorCall call)
    {
        ConstantValue value = call.Constant(0);
        ImmutableArray<int> wanted = Sizes(call, call.Constant(1));
        int rank = Math.Max(wanted.Length, value.Dimensions.Length);
        ImmutableArray<int> own = ShapeRules.Widened(value.Dimensions, rank), by = ShapeRules.Widened(wanted, rank), shape = Joined(call, own, by);
        int[] places = [.. Places(shape, Broadcast(own))];
        return value.IsFloat
            ? new FloatConstant(shape, [.. places.Select(place => value.Floats[place])])
            : new IntegerConstant(shape, [.. places.Select(place => value.Integers[place])]);
    }

    private static ConstantValue Gather(OperatorCall call)
    {
        (ConstantValue value, ConstantValue index) = (call.Constant(0), call.Constant(1));
        if (value.Dimensions.Length != 1 || call.Axis(call.Integer("axis", 0), 1) != 0 || index.Dimensions.Length > 1)
            throw call.Unsupported("gathers from a constant that is no list");

        call.CheckRoom(index.Count);
        int[] places = [.. index.Integers.Select(place => call.Axis((int)Math.Clamp(place, int.MinValue, int.MaxValue), value.Count))];
        return value.IsFloat
            ? new FloatConstant(index.Dimensions, [.. places.Select(place => value.Floats[place])])
            : new IntegerConstant(index.Dimensions, [.. places.Select(place => value.Integers[place])]);
    }

    private static ConstantValue Slice(OperatorCall call)
    {
        ConstantValue value = call.Constant(0);
        ImmutableArray<int> starts = call.IntegersOf("starts", 1) ?? [], ends = call.IntegersOf("ends", 2) ?? [], axes = call.IntegersOf("axes", 3) ?? [0];
        ImmutableArray<int> steps = call.Has(4) ? call.IntegersOf("steps", 4) ?? [1] : [1];
        if (value.Dimensions.Length != 1 || starts.Length != 1 || ends.Length != 1 || axes is not [0 or -1] || steps is not [1])
            throw call.Unsupported("cuts a constant that is no list");

        int first = Place(starts[0]), last = Math.Max(first, Place(ends[0]));
        return value.IsFloat
            ? new FloatConstant([last - first], value.Floats[first..last])
            : new IntegerConstant([last - first], value.Integers[first..last]);

        int Place(int place) => Math.Clamp(place < 0 ? place + value.Count : place, 0, value.Count);
    }

    private static ConstantValue Combine(OperatorCall call, Func<float, float, float> floats, Func<long, long, long> integers)
    {
        (ConstantValue left, ConstantValue right) = (call.Constant(0), call.Constant(1));
        int rank = Math.Max(left.Dimensions.Length, right.Dimensions.Length);
        ImmutableArray<int> of = ShapeRules.Widened(left.Dimensions, rank), by = ShapeRules.Widened(right.Dimensions, rank);
        ImmutableArray<int> shape = Joined(call, of, by);
        int[] lefts = [.. Places(shape, Broadcast(of))], rights = [.. Places(shape, Broadcast(by))];
        return left.IsFloat
            ? new FloatConstant(shape, [.. lefts.Zip(rights, (x, y) => floats(left.Floats[x], right.Floats[y]))])
            : new IntegerConstant(shape, [.. lefts.Zip(rights, (x, y) => integers(left.Integers[x], right.Integers[y]))]);
    }

    /// <summary>The shape to which two are widened, for whose elements there is room.</summary>
    private static ImmutableArray<int> Joined(OperatorCall call, ImmutableArray<int> of, ImmutableArray<int> by)
    {
        if (of.Zip(by).Any(static sizes => sizes.First != sizes.Second && sizes.First != 1 && sizes.Second != 1))
            throw call.Unsupported("combines constants whose shapes do not fit");

        ImmutableArray<int> shape = [.. of.Zip(by, Math.Max)];
        CheckRoom(call, shape);
        return shape;
    }

    private static int[] Broadcast(ImmutableArray<int> shape)
        => [.. Strides(shape).Select((stride, axis) => shape[axis] == 1 ? 0 : stride)];

    private static int[] Strides(ImmutableArray<int> shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>Where the elements of a shape lie, row-major, by the strides of its axes.</summary>
    private static IEnumerable<int> Places(ImmutableArray<int> shape, int[] strides)
    {
        int count = shape.Aggregate(1, static (product, size) => product * size);
        for (int i = 0; i < count; i++)
        {
            int rest = i, place = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                place += rest % shape[axis] * strides[axis];
                rest /= shape[axis];
            }

            yield return place;
        }
    }
}
