namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Sums and products of values, and of a value and a constant.</summary>
internal static class ArithmeticOperators
{
    /// <summary>With this epsilon and the variance 1, batchNorm divides by exactly 1.</summary>
    private const string ExactKeys = ", \"epsilon\": 1e-30";

    /// <summary>Add.</summary>
    public static void Add(OperatorCall call)
    {
        if (Parts(call) is ({ } sample, { } constant, _))
            Shift(call, ElementConstant.Of(call, sample, constant));
        else
            Join(call, "add");
    }

    /// <summary>Sum of any number of values.</summary>
    public static void Sum(OperatorCall call)
    {
        if (call.Node.Inputs.Length == 1)
            call.Set(call.Sample(0));
        else
            Join(call, "add");
    }

    /// <summary>Sub.</summary>
    public static void Subtract(OperatorCall call)
    {
        if (Parts(call) is not ({ } sample, { } constant, var isReversed))
            throw call.Unsupported("takes the difference of two values", "add one of them with weights of the other sign");

        ElementConstant numbers = ElementConstant.Of(call, sample, constant);
        if (isReversed)
            Scale(call, numbers with { Values = [.. numbers.Values.Select(static _ => -1f)] }, numbers.Values);
        else
            Shift(call, numbers with { Values = [.. numbers.Values.Select(static value => -value)] });
    }

    /// <summary>Mul.</summary>
    public static void Multiply(OperatorCall call)
    {
        if (Parts(call) is ({ } sample, { } constant, _))
            Scale(call, ElementConstant.Of(call, sample, constant));
        else
            Join(call, "multiply");
    }

    /// <summary>Div.</summary>
    public static void Divide(OperatorCall call)
    {
        if (Parts(call) is not ({ } sample, { } constant, false))
            throw call.Unsupported("divides by a value that depends on the sample");

        ElementConstant numbers = ElementConstant.Of(call, sample, constant);
        Scale(call, numbers with { Values = [.. numbers.Values.Select(static value => 1 / value)] });
    }

    /// <summary>Neg.</summary>
    public static void Negate(OperatorCall call)
        => Scale(call, ElementConstant.Of(call, call.Sample(0), new FloatConstant([], [-1])));

    /// <summary>A value and a constant, and whether the constant stands first; nulls where both depend on the sample.</summary>
    private static (SampleValue? Sample, ConstantValue? Constant, bool IsReversed) Parts(OperatorCall call)
    {
        if (call.Value(0) is ConstantValue first)
            return (call.Sample(1), first, true);
        return call.Value(1) is ConstantValue second ? (call.Sample(0), second, false) : (null, null, false);
    }

    private static void Join(OperatorCall call, string type)
    {
        SampleValue[] samples = [.. Enumerable.Range(0, call.Node.Inputs.Length).Select(call.Sample)];
        call.Find("broadcast");
        call.Find("axis");
        call.Find("consumed_inputs");
        if (samples.Any(sample => !sample.Map.Dimensions.SequenceEqual(samples[0].Map.Dimensions)))
            throw call.Unsupported($"joins values of different shapes, {string.Join(" and ", samples.Select(static sample => $"[{string.Join(", ", sample.Map.Dimensions)}]"))}", "layers join equal shapes");
        if (samples.Any(sample => !sample.Map.IsAs(samples[0].Map)))
            throw call.Unsupported("joins values whose elements lie in different orders here", "flatten or transpose both in the same way");

        call.Set(
            new LayerDraft(type, "", [.. samples.Select(sample => call.Draft.View(sample.Source, call.Draft.ShapeOf(samples[0].Source)))], call.Draft.ShapeOf(samples[0].Source)),
            samples[0].Map);
    }

    /// <summary>Adds a constant: to the biases of the sums that gave the value where nobody else reads them.</summary>
    private static void Shift(OperatorCall call, ElementConstant numbers)
    {
        int source = numbers.Sample.Source;
        if (source < 0 || !call.Draft[source].HasSums || numbers.Values.Length != call.Draft[source].Output[^1] || !call.IsReadOnce(source))
        {
            Scale(call, numbers with { Values = [.. numbers.Values.Select(static _ => 1f)] }, numbers.Values);
            return;
        }

        LayerDraft sums = call.Draft[source];
        sums.Bias = sums.Bias is { } bias ? [.. bias.Zip(numbers.Values, static (x, y) => x + y)] : numbers.Values;
        call.Set(numbers.Sample);
    }

    /// <summary>A batchNorm of mean 0 and variance 1 multiplies channels and adds to them.</summary>
    private static void Scale(OperatorCall call, ElementConstant factors, float[]? terms = null)
    {
        int source = factors.View(call), count = factors.Values.Length;
        float[] zeros = new float[count], ones = [.. Enumerable.Repeat(1f, count)];
        call.Tell("became a batchNorm of mean 0 and variance 1");
        call.Set(new LayerDraft("batchNorm", ExactKeys, [source], call.Draft.ShapeOf(source), factors.Values, terms ?? zeros, zeros, ones), factors.Sample.Map);
    }
}
