using NativeNet.Description.Json;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Layers that multiply a value with constants or add them.</summary>
internal static class Scaling
{
    /// <summary>The most factors that a description holds; more of them are weights.</summary>
    private const int MostFactors = 4096;

    /// <summary>With this epsilon and the variance 1, batchNorm divides by exactly 1.</summary>
    private const string ExactKeys = ", \"epsilon\": 1e-30";

    /// <summary>A value times one number.</summary>
    /// <param name="call">The node.</param>
    /// <param name="sample">The value.</param>
    /// <param name="factor">The number.</param>
    public static SampleValue Multiply(OperatorCall call, SampleValue sample, float factor)
        => factor == 1 ? sample : Multiply(call, ElementConstant.Of(call, sample, new FloatConstant([], [factor])));

    /// <summary>A value times constants: a <c>scale</c>, or what else can hold zeros and many of them.</summary>
    /// <param name="call">The node.</param>
    /// <param name="factors">The constants, beside the value.</param>
    public static SampleValue Multiply(OperatorCall call, ElementConstant factors)
    {
        float[] values = Array.TrueForAll(factors.Values, value => value == factors.Values[0]) ? factors.Values[..1] : factors.Values;
        if (values.Length > MostFactors || !Array.TrueForAll(values, static value => value != 0 && float.IsFinite(value)))
            return MultiplyAdd(call, factors, new float[factors.Values.Length]);

        int source = factors.View(call);
        string factor = values.Length == 1 ? JsonText.Of(values[0]) : JsonText.ArrayOf(values.Select(JsonText.Of));
        return new SampleValue(call.Draft.Add(new LayerDraft("scale", $", \"factor\": {factor}", [source], call.Draft.ShapeOf(source))), factors.Sample.Map);
    }

    /// <summary>A value times constants, plus constants.</summary>
    /// <param name="call">The node.</param>
    /// <param name="factors">The factors, beside the value.</param>
    /// <param name="terms">What is added, as many.</param>
    public static SampleValue MultiplyAdd(OperatorCall call, ElementConstant factors, float[] terms)
    {
        int source = factors.View(call), count = factors.Values.Length;
        call.Tell("became a batchNorm of mean 0 and variance 1");
        var layer = new LayerDraft("batchNorm", ExactKeys, [source], call.Draft.ShapeOf(source), factors.Values, terms, new float[count], [.. Enumerable.Repeat(1f, count)]);
        return new SampleValue(call.Draft.Add(layer), factors.Sample.Map);
    }

    /// <summary>A value less constants: biases of the sums that gave it where nobody else reads them, a <c>normalization</c> of the network's input, or a batchNorm.</summary>
    /// <param name="call">The node.</param>
    /// <param name="numbers">The constants, beside the value.</param>
    public static SampleValue Subtract(OperatorCall call, ElementConstant numbers)
    {
        int source = numbers.Sample.Source;
        if (source >= 0 && call.Draft[source].HasSums && numbers.Values.Length == call.Draft[source].Output[^1] && call.IsReadOnce(source))
        {
            LayerDraft sums = call.Draft[source];
            sums.Bias = [.. numbers.Values.Select((number, i) => sums.Bias is null ? -number : sums.Bias[i] - number)];
            return numbers.Sample;
        }

        if (!call.Draft.IsInput(source))
            return MultiplyAdd(call, numbers.Select(static _ => 1f), [.. numbers.Values.Select(static number => -number)]);

        int view = numbers.View(call);
        var layer = new LayerDraft("normalization", "", [view], call.Draft.ShapeOf(view), numbers.Values, [.. numbers.Values.Select(static _ => 1f)]);
        return new SampleValue(call.Draft.Add(layer), numbers.Sample.Map);
    }

    /// <summary>A value divided by constants, which are the deviations of a <c>normalization</c> that has none yet and no other reader.</summary>
    /// <param name="call">The node.</param>
    /// <param name="numbers">The constants, beside the value.</param>
    public static SampleValue Divide(OperatorCall call, ElementConstant numbers)
    {
        int source = numbers.Sample.Source;
        if (source >= 0 && call.Draft[source].Type == "normalization" && call.IsReadOnce(source))
        {
            float[] deviations = call.Draft[source].Tensors.Last();
            if (deviations.Length == numbers.Values.Length && Array.TrueForAll(deviations, static deviation => deviation == 1))
            {
                numbers.Values.CopyTo(deviations, 0);
                return numbers.Sample;
            }
        }

        return Multiply(call, numbers.Select(static value => 1 / value));
    }
}
