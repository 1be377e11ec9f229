using System.Collections.Immutable;
using System.Globalization;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Products with constant matrices, which are dense layers.</summary>
internal static class SumOperators
{
    /// <summary>Gemm: alpha · A · B + beta · C.</summary>
    public static void Gemm(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        ConstantValue matrix = call.Constant(1);
        float alpha = call.Single("alpha", 1), beta = call.Single("beta", 1);
        bool isTransposed = call.Integer("transB", 0) != 0;
        call.Find("broadcast");
        if (call.Integer("transA", 0) != 0 || sample.Map.Rank != 2 || sample.Map.BatchAxis != 0 || matrix.Dimensions.Length != 2)
            throw call.Unsupported("does not multiply rows of samples with a matrix");

        int units = matrix.Dimensions[isTransposed ? 0 : 1];
        float[]? bias = call.Has(2) ? Bias(call, call.Constant(2), units, beta) : null;
        Dense(call, sample, Rows(call, matrix, isTransposed, sample.Map[1], alpha), units, bias);
    }

    /// <summary>MatMul with a matrix: a dense layer, at every position where there are several.</summary>
    public static void MatMul(OperatorCall call)
    {
        if (call.Value(0) is ConstantValue || call.Value(1) is not ConstantValue { Dimensions.Length: 2 } matrix)
            throw call.Unsupported("multiplies something else than samples with a constant matrix", "only dense layers multiply; products of two values are element by element");

        SampleValue sample = call.Sample(0);
        int last = sample.Map.Rank - 1, units = matrix.Dimensions[1];
        if (last < 1 || sample.Map.BatchAxis == last)
            throw call.Unsupported("sums over the samples");

        float[] weights = Rows(call, matrix, isTransposed: false, sample.Map[last], 1);
        if (last == 1)
            Dense(call, sample, weights, units, null);
        else
            AtEveryPosition(call, sample, weights, units);
    }

    private static void Dense(OperatorCall call, SampleValue sample, float[] weights, int units, float[]? bias)
    {
        int inputs = sample.Map[1];
        float[] ordered = weights;
        if (call.Reorder(sample.Map) is { } positions)
            ordered = [.. Enumerable.Range(0, weights.Length).Select(i => weights[i - (i % inputs) + positions[i % inputs]])];

        int source = call.Draft.View(sample.Source, [inputs]);
        call.Set(
            new LayerDraft("dense", string.Create(CultureInfo.InvariantCulture, $", \"units\": {units}"), [source], [units], ordered) { HasSums = true, Bias = bias, Name = call.Node.Name },
            AxisMap.OfVector(sample.Map.Batch, units));
    }

    /// <summary>A convolution of one tap over the positions.</summary>
    private static void AtEveryPosition(OperatorCall call, SampleValue sample, float[] weights, int units)
    {
        AxisMap map = sample.Map;
        int last = map.Rank - 1;
        int[] axes = [.. Enumerable.Range(0, map.Rank).Where(axis => axis != map.BatchAxis)];
        if (!map.IsInMemoryOrder(axes))
            throw call.Unsupported("sums over an axis that is not the last one here", "images have their channels last here: multiply channels, or flatten first");

        int positions = map.Length / map[last];
        int source = call.Draft.View(sample.Source, [positions, map[last]]);
        call.Set(
            new LayerDraft("conv1d", string.Create(CultureInfo.InvariantCulture, $", \"filters\": {units}, \"kernelSize\": 1"), [source], [positions, units], weights) { HasSums = true, Name = call.Node.Name },
            AxisMap.Of(map.Dimensions.SetItem(last, units), map.BatchAxis, axes));
    }

    /// <summary>The weights as (units, inputs).</summary>
    private static float[] Rows(OperatorCall call, ConstantValue matrix, bool isTransposed, int inputs, float factor)
    {
        (int rows, int columns) = (matrix.Dimensions[0], matrix.Dimensions[1]);
        if ((isTransposed ? columns : rows) != inputs)
            throw call.Unsupported(string.Create(CultureInfo.InvariantCulture, $"multiplies {inputs} elements with a matrix of {rows} by {columns}"));

        float[] values = matrix.Floats;
        if (isTransposed)
            return factor == 1 ? values : [.. values.Select(value => value * factor)];

        float[] weights = new float[values.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = values[(i % rows * columns) + (i / rows)] * factor;
        return weights;
    }

    private static float[] Bias(OperatorCall call, ConstantValue bias, int units, float factor)
    {
        float[] values = bias.Floats;
        bool isRow = bias.Dimensions.Length <= 2 && bias.Dimensions.SkipLast(1).All(static size => size == 1) && (values.Length == units || values.Length == 1);
        return isRow
            ? [.. Enumerable.Range(0, units).Select(unit => values[values.Length == 1 ? 0 : unit] * factor)]
            : throw call.Unsupported($"adds a constant of shape [{string.Join(", ", bias.Dimensions)}], which differs from sample to sample");
    }
}
