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
        SampleValue sample = call.Sample(0);
        call.Find("consumed_inputs");
        call.Set(new LayerDraft("activation", $", \"activation\": \"{activation}\"{keys}", [sample.Source], call.Draft.ShapeOf(sample.Source)), sample.Map);
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
        float alpha = call.Single("alpha", 1);
        if (!(alpha > 0 && float.IsFinite(alpha)))
            throw call.Unsupported("has an alpha that is not positive");
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

    /// <summary>Softmax at the end, which becomes the loss's.</summary>
    /// <param name="call">The node.</param>
    /// <param name="function">Which of the two forms.</param>
    public static void Softmax(OperatorCall call, FinalFunction function)
    {
        SampleValue sample = call.Sample(0);
        int axis = call.Axis(call.Integer("axis", call.Opset < 13 ? 1 : -1), sample.Map.Rank);
        if (!call.IsGraphOutput || sample.Map.Rank != 2 || axis != 1)
            throw call.Unsupported("stands elsewhere than over the scores at the end", "the loss includes it; there is no such layer");

        call.SetFinal(function);
        call.Tell("left out: scores are those before it, whose order is the same; the loss softmaxCrossEntropy includes it");
        call.Set(sample);
    }
}
