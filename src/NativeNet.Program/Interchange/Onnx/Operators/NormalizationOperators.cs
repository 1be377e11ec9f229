using System.Collections.Immutable;
using NativeNet.Description.Json;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>BatchNormalization and LayerNormalization.</summary>
internal static class NormalizationOperators
{
    private const float DefaultEpsilon = 1e-5f;

    /// <summary>BatchNormalization over the channels, axis 1.</summary>
    public static void Batch(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        float epsilon = call.Single("epsilon", DefaultEpsilon), momentum = (float)(1 - (decimal)Math.Clamp(call.Single("momentum", 0.9f), 0, 1));
        if (call.Integer("training_mode", 0) != 0 || (call.Opset < 7 && call.Integer("is_test", 0) == 0) || Enumerable.Range(1, 4).Any(call.IsRead))
            throw call.Unsupported("normalizes by the batch in prediction too", "export the model in evaluation mode");
        if (call.Integer("spatial", 1) == 0)
            throw call.Unsupported("normalizes every position by itself");
        call.Find("consumed_inputs");
        if (sample.Map.Rank < 2 || sample.Map.BatchAxis != 0)
            throw call.Unsupported("does not normalize the channels of samples");

        int channels = sample.Map[1];
        float[][] tensors = [.. Enumerable.Range(1, 4).Select(input => call.Constant(input).Floats)];
        if (tensors.Any(tensor => tensor.Length != channels))
            throw call.Unsupported("has tensors of another length than there are channels");

        if (sample.Map.Rank == 2 && call.Reorder(sample.Map) is { } positions)
            tensors = [.. tensors.Select(tensor => positions.Select(position => tensor[position]).ToArray())];
        int source = sample.Map.Rank == 2 ? call.Draft.View(sample.Source, [channels]) : Images.SourceOf(call, sample);
        string keys = $", \"epsilon\": {JsonText.Of(epsilon)}" + (momentum is > 0 and < 1 ? $", \"momentum\": {JsonText.Of(momentum)}" : "");
        if (epsilon <= 0)
            throw call.Unsupported("has no positive epsilon");
        call.Set(new LayerDraft("batchNorm", keys, [source], call.Draft.ShapeOf(source), tensors), sample.Map);
    }

    /// <summary>LayerNormalization over the last axes.</summary>
    public static void Layer(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        AxisMap map = sample.Map;
        int axis = call.Axis(call.Integer("axis", -1), map.Rank);
        float epsilon = call.Single("epsilon", DefaultEpsilon);
        call.Find("stash_type");
        if (epsilon <= 0 || axis <= map.BatchAxis || call.IsRead(1) || call.IsRead(2))
            throw call.Unsupported("normalizes over samples, without epsilon, or gives means and deviations");

        bool isWhole = axis == 1 && map.BatchAxis == 0;
        if (!isWhole && (axis != map.Rank - 1 || !map.IsInnermost(axis)))
            throw call.Unsupported("normalizes over axes that are not the channels here", "normalize over channels alone or over the whole sample");

        int length = isWhole ? map.Length : map[axis];
        int[]? positions = isWhole ? call.Reorder(map) : null;
        ImmutableArray<int> shape = call.Draft.ShapeOf(sample.Source);
        int source = shape[^1] == length ? sample.Source : call.Draft.View(sample.Source, isWhole ? [length] : [map.Length / length, length]);
        call.Set(
            new LayerDraft(
                "layerNorm", $", \"epsilon\": {JsonText.Of(epsilon)}", [source], call.Draft.ShapeOf(source), Vector(call, 1, length, 1, positions), Vector(call, 2, length, 0, positions)),
            map);
    }

    private static float[] Vector(OperatorCall call, int input, int length, float otherwise, int[]? positions)
    {
        float[] values = call.Has(input) ? call.Constant(input).Floats : [otherwise];
        if (values.Length != length && values.Length != 1)
            throw call.Unsupported("has tensors of another length than it normalizes");
        return [.. Enumerable.Range(0, length).Select(i => values[values.Length == 1 ? 0 : positions is null ? i : positions[i]])];
    }
}
