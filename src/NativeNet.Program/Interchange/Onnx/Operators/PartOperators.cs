using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Operators that give parts of values.</summary>
internal static class PartOperators
{
    /// <summary>Slice.</summary>
    public static void Slice(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        ImmutableArray<int> starts = call.IntegersOf("starts", 1) ?? [], ends = call.IntegersOf("ends", 2) ?? [];
        ImmutableArray<int> axes = call.IntegersOf("axes", 3) ?? [.. Enumerable.Range(0, starts.Length)];
        if (starts.IsEmpty || starts.Length != ends.Length || axes.Length != starts.Length)
            throw call.Unsupported("does not say where every part starts and ends");
        if (call.Has(4) && call.Constant(4).Integers.Any(static step => step != 1))
            throw call.Unsupported("takes its elements backwards or with gaps", "take a part in one piece");

        var parts = Whole(sample.Map);
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = call.Axis(axes[i], sample.Map.Rank), size = sample.Map[axis], start = Place(starts[i], size);
            parts[axis] = (start, Place(ends[i], size) - start);
        }

        call.Set(Part(call, sample, parts));
    }

    /// <summary>Gather of one element of an axis, or of several that follow each other.</summary>
    public static void Gather(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        int axis = call.Axis(call.Integer("axis", 0), sample.Map.Rank), size = sample.Map[axis];
        ConstantValue index = call.Constant(1);
        int[] places = [.. index.Integers.Take(size + 1).Select(place => call.Axis((int)Math.Clamp(place, int.MinValue, int.MaxValue), size))];
        if (index.Dimensions.Length > 1 || places.Length is 0 || !places.SequenceEqual(Enumerable.Range(places[0], places.Length)))
            throw call.Unsupported("gathers elements that do not follow each other", "take a part in one piece");
        if (index.Dimensions.IsEmpty && axis == sample.Map.BatchAxis)
            throw call.Unsupported("takes one of the samples");

        var parts = Whole(sample.Map);
        parts[axis] = (places[0], places.Length);
        SampleValue part = Part(call, sample, parts);
        call.Set(index.Dimensions.IsEmpty ? part with { Map = part.Map.Without([axis]) } : part);
    }

    /// <summary>Split, of which every part that is read is a layer.</summary>
    public static void Split(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        int axis = call.Axis(call.Integer("axis", 0), sample.Map.Rank), count = call.Integer("num_outputs", call.Node.Outputs.Length);
        if (count != call.Node.Outputs.Length)
            throw call.Unsupported("has another number of parts than outputs");

        int size = sample.Map[axis], even = (size + count - 1) / count;
        ImmutableArray<int> sizes = call.IntegersOf("split", 1) ?? [.. Enumerable.Range(0, count).Select(part => Math.Min(even, size - (part * even)))];
        if (sizes.Length != count || sizes.Any(static part => part < 1) || sizes.Sum(static part => (long)part) != size)
            throw call.Unsupported("has parts that do not fit what it splits");

        int start = 0;
        for (int i = 0; i < count; i++)
        {
            var parts = Whole(sample.Map);
            parts[axis] = (start, sizes[i]);
            if (call.IsRead(i))
                call.Set(Part(call, sample, parts), i);
            start += sizes[i];
        }
    }

    /// <summary>The first element of each axis and how many there are: all.</summary>
    private static (int Start, int Count)[] Whole(AxisMap map) => [.. map.Dimensions.Select(static size => (0, size))];

    private static SampleValue Part(OperatorCall call, SampleValue sample, (int Start, int Count)[] parts)
        => parts.All(static part => part.Count > 0)
            ? Cropping.Crop(call, sample, [.. parts.Select((part, axis) => (part.Start, sample.Map[axis] - part.Start - part.Count))])
            : throw call.Unsupported("leaves nothing of an axis");

    private static int Place(int place, int size) => Math.Clamp(place < 0 ? place + size : place, 0, size);
}
