using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Operators that compute nothing: elements stay where they are, and their axes are read otherwise.</summary>
internal static class ViewOperators
{
    private const string Merges = "gives samples or axes a shape in which their elements would have to move";

    /// <summary>Reshape.</summary>
    public static void Reshape(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        Set(call, sample, sample.Map.Reshape(ShapeRules.Reshaped(call, sample.Map.Dimensions)));
    }

    /// <summary>Flatten.</summary>
    public static void Flatten(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        Set(call, sample, sample.Map.Reshape(ShapeRules.Flattened(call, sample.Map.Dimensions)));
    }

    /// <summary>Squeeze.</summary>
    public static void Squeeze(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        ImmutableArray<int> axes = ShapeRules.Squeezed(call, sample.Map.Dimensions, sample.Map.BatchAxis);
        Set(call, sample, axes.Contains(sample.Map.BatchAxis) ? null : sample.Map.Without(axes));
    }

    /// <summary>Unsqueeze.</summary>
    public static void Unsqueeze(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        AxisMap map = sample.Map;
        foreach (int axis in ShapeRules.Unsqueezed(call, map.Rank))
            map = map.With(axis);
        Set(call, sample, map);
    }

    /// <summary>Transpose.</summary>
    public static void Transpose(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        Set(call, sample, sample.Map.Transpose(ShapeRules.Permutation(call, sample.Map.Rank)));
    }

    /// <summary>Cast, of floats to floats.</summary>
    public static void Cast(OperatorCall call)
    {
        if ((OnnxElementType)call.Integer("to", 0) is not (OnnxElementType.Float or OnnxElementType.Double))
            throw call.Unsupported("casts to something else than floats", "export the model in floats of 32 bits");
        call.Set(call.Value(0));
    }

    /// <summary>Pad with zeros, which the convolution behind it takes in, or of less than nothing, which cuts off.</summary>
    public static void Pad(OperatorCall call)
    {
        SampleValue sample = call.PaddedSample(0);
        int rank = sample.Map.Rank;
        ImmutableArray<int> pads = call.IntegersOf("pads", 1) ?? throw call.Unsupported("does not say how far");
        ImmutableArray<int> axes = call.Has(3) ? [.. call.IntegersOf("axes", 3)!.Value.Select(axis => call.Axis(axis, rank))] : [.. Enumerable.Range(0, rank)];
        float value = call.Has(2) ? call.Constant(2).Floats[0] : call.Single("value", 0);
        string mode = call.Word("mode", "constant");
        if ((mode != "constant" || value != 0) && pads.Any(static pad => pad > 0))
            throw call.Unsupported($"pads with {(mode == "constant" ? JsonText.Of(value) : mode)}, not with zeros", "pad with zeros, or before the network");
        if (pads.Length != 2 * axes.Length)
            throw call.Unsupported("has another number of pads than axes");

        var around = (sample.Pads.IsEmpty ? Enumerable.Repeat((Before: 0, After: 0), rank) : sample.Pads).ToArray();
        for (int i = 0; i < axes.Length; i++)
            around[axes[i]] = (Sum(around[axes[i]].Before, pads[i]), Sum(around[axes[i]].After, pads[axes.Length + i]));

        // What is less than nothing is cut off.
        (int Before, int Behind)[] cut = [.. around.Select(static pad => (Math.Max(0, -pad.Before), Math.Max(0, -pad.After)))];
        if (cut.Where((edge, axis) => (long)edge.Before + edge.Behind >= sample.Map[axis]).Any())
            throw call.Unsupported("leaves nothing of an axis");
        around = [.. around.Select(static pad => (Math.Max(0, pad.Before), Math.Max(0, pad.After)))];
        call.Set(Cropping.Crop(call, sample with { Pads = [] }, cut) with { Pads = around.All(static pad => pad == (0, 0)) ? [] : [.. around] });

        int Sum(int pad, int more) => (int)Math.Clamp((long)pad + more, -int.MaxValue, int.MaxValue);
    }

    /// <summary>Dropout, which does nothing in prediction and keeps its rate for training.</summary>
    public static void Dropout(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        call.Find("seed");
        call.Find("is_test");
        float rate = call.Has(1) ? call.Constant(1).Floats[0] : call.Single("ratio", 0.5f);
        if (call.Has(2) && (call.Value(2) is not ConstantValue isTraining || isTraining.Integers[0] != 0))
            throw call.Unsupported("drops elements in prediction too", "export the model in evaluation mode");
        if (call.IsRead(1))
            throw call.Unsupported("gives its mask, which no layer does");

        if (rate is > 0 and < 1)
            call.Set(new LayerDraft("dropout", string.Create(CultureInfo.InvariantCulture, $", \"rate\": {JsonText.Of(rate)}"), [sample.Source], call.Draft.ShapeOf(sample.Source)), sample.Map);
        else
            call.Set(sample);
    }

    private static void Set(OperatorCall call, SampleValue sample, AxisMap? map)
        => call.Set(new SampleValue(sample.Source, map ?? throw call.Unsupported(Merges, "keep the samples apart and the order of elements")));
}
