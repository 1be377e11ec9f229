using System.Collections.Immutable;
using NativeNet.Description.Json;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Functions of every element.</summary>
internal static class ActivationOperators
{
    /// <summary>A function without settings.</summary>
    /// <param name="call">The node.</param>
    /// <param name="activation">Its word in files.</param>
    /// <param name="keys">Its keys, each behind a comma.</param>
    public static void Import(OperatorCall call, string activation, string keys = "")
    {
        call.Find("consumed_inputs");
        call.Set(Add(call, call.Sample(0), activation, keys));
    }

    /// <summary>Swish: x · sigmoid(alpha · x).</summary>
    public static void Swish(OperatorCall call)
    {
        if (call.Single("alpha", 1) != 1)
            throw call.Unsupported("has another alpha than 1", "train with silu");
        Import(call, "silu");
    }

    /// <summary>Gelu.</summary>
    public static void Gelu(OperatorCall call)
    {
        if (call.Word("approximate", "none") != "tanh")
            throw call.Unsupported("is gelu by the error function; here it is its tanh form, which differs by up to 0.0005", "train or export with approximate='tanh'");
        Import(call, "gelu");
    }

    /// <summary>Elu.</summary>
    public static void Elu(OperatorCall call)
    {
        float alpha = Positive(call, call.Single("alpha", 1));
        Import(call, "elu", alpha == 1 ? "" : $", \"alpha\": {JsonText.Of(alpha)}");
    }

    /// <summary>LeakyRelu.</summary>
    public static void LeakyRelu(OperatorCall call)
    {
        float alpha = call.Single("alpha", 0.01f);
        if (alpha is not (> 0 and < 1))
            throw call.Unsupported("has an alpha that is not between 0 and 1");
        Import(call, "leakyRelu", $", \"negativeSlope\": {JsonText.Of(alpha)}");
    }

    /// <summary>PRelu with a slope for each channel.</summary>
    public static void PRelu(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        ElementConstant slopes = ElementConstant.Of(call, sample, call.Constant(1), channelsAxis: call.Opset < 7 ? 1 : null);
        int source = slopes.View(call);
        call.Set(new LayerDraft("prelu", "", [source], call.Draft.ShapeOf(source), slopes.Values), sample.Map);
    }

    /// <summary>Clip, of which some bounds are relu, relu6, or nothing at all.</summary>
    public static void Clip(OperatorCall call)
    {
        float least = call.Has(1) ? call.Constant(1).Floats[0] : call.Single("min", float.MinValue);
        float most = call.Has(2) ? call.Constant(2).Floats[0] : call.Single("max", float.MaxValue);
        (least, most) = (Math.Max(least, float.MinValue), Math.Min(most, float.MaxValue));
        if (!(least < most))
            throw call.Unsupported("leaves no values between its bounds");

        switch (least, most)
        {
            case (float.MinValue, float.MaxValue):
                call.Set(call.Sample(0));
                break;
            case (0, float.MaxValue):
                Import(call, "relu");
                break;
            case (0, 6):
                Import(call, "relu6");
                break;
            default:
                Import(call, "clip", $", \"min\": {JsonText.Of(least)}, \"max\": {JsonText.Of(most)}");
                break;
        }
    }

    /// <summary>Selu: gamma · elu(x).</summary>
    public static void Selu(OperatorCall call)
    {
        call.Find("consumed_inputs");
        float alpha = call.Single("alpha", 1.67326319f), gamma = call.Single("gamma", 1.05070102f);
        SampleValue bent = Add(call, call.Sample(0), "elu", $", \"alpha\": {JsonText.Of(Positive(call, alpha))}");
        call.Set(Scaling.Multiply(call, bent, Positive(call, gamma)));
    }

    /// <summary>Celu: alpha · elu(x / alpha).</summary>
    public static void Celu(OperatorCall call)
    {
        float alpha = Positive(call, call.Single("alpha", 1));
        SampleValue narrowed = Scaling.Multiply(call, call.Sample(0), Positive(call, 1 / alpha));
        call.Set(Scaling.Multiply(call, Add(call, narrowed, "elu", ""), alpha));
    }

    /// <summary>HardSigmoid: alpha · x + beta between 0 and 1.</summary>
    public static void HardSigmoid(OperatorCall call)
    {
        call.Find("consumed_inputs");
        float alpha = call.Single("alpha", 0.2f), beta = call.Single("beta", 0.5f);
        SampleValue sample = call.Sample(0);
        ElementConstant factors = ElementConstant.Of(call, sample, new FloatConstant([], [alpha]));
        SampleValue line = Scaling.MultiplyAdd(call, factors, [.. factors.Values.Select(_ => beta)]);
        call.Set(Add(call, line, "clip", ", \"min\": 0, \"max\": 1"));
    }

    /// <summary>Softmax: the loss's where it follows the scores of a classifier, else a layer.</summary>
    public static void Softmax(OperatorCall call)
    {
        (SampleValue sample, ImmutableArray<int> shares) = Shares(call);
        if (call.IsGraphOutput && sample.Source >= 0 && call.Draft[sample.Source] is { Type: "dense", Activation: "", Output: [> 1] })
        {
            call.SetFinal(FinalFunction.Softmax);
            call.Tell("left out: scores are those before it, whose order is the same; the loss softmaxCrossEntropy includes it");
            call.Set(sample);
            return;
        }

        int source = call.Draft.View(sample.Source, shares);
        call.Set(new LayerDraft("softmax", "", [source], shares), sample.Map);
    }

    /// <summary>LogSoftmax at the end, which is left out.</summary>
    public static void LogSoftmax(OperatorCall call)
    {
        (SampleValue sample, ImmutableArray<int> shares) = Shares(call);
        if (!call.IsGraphOutput)
            throw call.Unsupported("stands elsewhere than at the end", "the loss includes it; there is no such layer");

        call.SetFinal(FinalFunction.LogSoftmax);
        call.Tell("left out: scores are those before it, whose order is the same; the loss softmaxCrossEntropy includes it");
        call.Set(sample with { Source = call.Draft.View(sample.Source, shares) });
    }

    /// <summary>What is shared out among elements that lie side by side here, and the shape whose last dimension they are.</summary>
    private static (SampleValue Sample, ImmutableArray<int> Shape) Shares(OperatorCall call)
    {
        SampleValue sample = call.Sample(0);
        AxisMap map = sample.Map;
        bool isWhole = call.Opset < 13;
        int axis = call.Axis(call.Integer("axis", isWhole ? 1 : -1), map.Rank);

        // Before version 13 all axes from this one on shared; the order of what shares does not matter.
        if (map.BatchAxis == 0 && axis == 1 && (isWhole || map.Length == map[1]))
            return (sample, [map.Length]);
        if (axis == map.BatchAxis || (isWhole && axis != map.Rank - 1) || !map.IsInnermost(axis))
            throw call.Unsupported("shares among elements that are not the channels here", "share among channels, or flatten before");

        ImmutableArray<int> shape = call.Draft.ShapeOf(sample.Source);
        return (sample, shape[^1] == map[axis] ? shape : [map.Length / map[axis], map[axis]]);
    }

    private static SampleValue Add(OperatorCall call, SampleValue sample, string activation, string keys)
        => new(call.Draft.Add(new LayerDraft("activation", $", \"activation\": \"{activation}\"{keys}", [sample.Source], call.Draft.ShapeOf(sample.Source))), sample.Map);

    private static float Positive(OperatorCall call, float value)
        => value > 0 && float.IsFinite(value) ? value : throw call.Unsupported("has a setting that is not positive");
}
