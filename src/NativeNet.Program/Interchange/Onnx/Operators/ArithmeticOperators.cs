using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Sums and products of values, and of a value and a constant.</summary>
internal static class ArithmeticOperators
{
    /// <summary>Add.</summary>
    public static void Add(OperatorCall call)
    {
        if (Parts(call) is ({ } sample, { } constant, _))
            call.Set(Scaling.Subtract(call, ElementConstant.Of(call, sample, constant).Select(static value => -value)));
        else
            call.Set(Join(call, "add", Samples(call)));
    }

    /// <summary>Sum of any number of values and constants.</summary>
    public static void Sum(OperatorCall call) => call.Set(Total(call));

    /// <summary>Mean of any number of values and constants.</summary>
    public static void Mean(OperatorCall call) => call.Set(Scaling.Multiply(call, Total(call), 1f / call.Node.Inputs.Length));

    /// <summary>Sub.</summary>
    public static void Subtract(OperatorCall call)
    {
        if (Parts(call) is not ({ } sample, { } constant, var isReversed))
        {
            call.Set(Join(call, "add", [call.Sample(0), Scaling.Multiply(call, call.Sample(1), -1)]));
            return;
        }

        ElementConstant numbers = ElementConstant.Of(call, sample, constant);
        call.Set(isReversed ? Scaling.MultiplyAdd(call, numbers.Select(static _ => -1f), numbers.Values) : Scaling.Subtract(call, numbers));
    }

    /// <summary>Mul.</summary>
    public static void Multiply(OperatorCall call)
    {
        if (Parts(call) is ({ } sample, { } constant, _))
            call.Set(Scaling.Multiply(call, ElementConstant.Of(call, sample, constant)));
        else
            call.Set(Join(call, "multiply", Samples(call)));
    }

    /// <summary>Div.</summary>
    public static void Divide(OperatorCall call)
    {
        if (Parts(call) is not ({ } sample, { } constant, false))
            throw call.Unsupported("divides by a value that depends on the sample");
        call.Set(Scaling.Divide(call, ElementConstant.Of(call, sample, constant)));
    }

    /// <summary>Neg.</summary>
    public static void Negate(OperatorCall call) => call.Set(Scaling.Multiply(call, call.Sample(0), -1));

    /// <summary>A value and a constant, and whether the constant stands first; nulls where both depend on the sample.</summary>
    private static (SampleValue? Sample, ConstantValue? Constant, bool IsReversed) Parts(OperatorCall call)
    {
        if (call.Value(0) is ConstantValue first)
            return (call.Sample(1), first, true);
        return call.Value(1) is ConstantValue second ? (call.Sample(0), second, false) : (null, null, false);
    }

    private static SampleValue Total(OperatorCall call)
    {
        OnnxValue[] values = [.. Enumerable.Range(0, call.Node.Inputs.Length).Select(call.Value)];
        SampleValue[] samples = [.. values.Select((_, input) => input).Where(input => values[input] is SampleValue).Select(call.Sample)];
        SampleValue total = samples.Length == 0 ? throw call.Unsupported("depends on no sample") : samples.Length == 1 ? samples[0] : Join(call, "add", samples);
        foreach (ConstantValue constant in values.OfType<ConstantValue>())
            total = Scaling.Subtract(call, ElementConstant.Of(call, total, constant).Select(static value => -value));
        return total;
    }

    private static SampleValue[] Samples(OperatorCall call) => [.. Enumerable.Range(0, call.Node.Inputs.Length).Select(call.Sample)];

    private static SampleValue Join(OperatorCall call, string type, SampleValue[] samples)
    {
        call.Find("broadcast");
        call.Find("axis");
        call.Find("consumed_inputs");
        if (samples.Any(sample => !sample.Map.Dimensions.SequenceEqual(samples[0].Map.Dimensions)))
            throw call.Unsupported($"joins values of different shapes, {string.Join(" and ", samples.Select(static sample => $"[{string.Join(", ", sample.Map.Dimensions)}]"))}", "layers join equal shapes");
        if (samples.Any(sample => !sample.Map.IsAs(samples[0].Map)))
            throw call.Unsupported("joins values whose elements lie in different orders here", "flatten or transpose both in the same way");

        ImmutableArray<int> shape = call.Draft.ShapeOf(samples[0].Source);
        return new SampleValue(call.Draft.Add(new LayerDraft(type, "", [.. samples.Select(sample => call.Draft.View(sample.Source, shape))], shape)), samples[0].Map);
    }
}
