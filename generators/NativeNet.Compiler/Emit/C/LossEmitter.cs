using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes the loss of one row and the gradient of its scores: section 6 of the numeric contract.</summary>
/// <param name="context">What is written.</param>
/// <param name="loss">The loss.</param>
internal sealed class LossEmitter(CContext context, LossKind loss)
{
    private readonly int _outputs = context.Program.Spec.Output.Length;

    /// <summary>Whether a sample's target is its class.</summary>
    public bool IsOfClasses => loss == LossKind.SoftmaxCrossEntropy;

    /// <summary>The name of the targets in signatures.</summary>
    public string Targets => IsOfClasses ? "classes" : "targets";

    /// <summary>The parameter that holds a batch's targets.</summary>
    public string Parameter => IsOfClasses ? "const int32_t *classes" : "const float *targets";

    /// <summary>The target of sample b in a call of <c>row_loss</c>.</summary>
    public string Target => IsOfClasses ? "classes[b]" : FormattableString.Invariant($"targets + b * {_outputs}");

    /// <summary>One over the terms of the mean.</summary>
    public string Factor => IsOfClasses ? "1.0f / (float)count" : FormattableString.Invariant($"1.0f / (float)(count * {_outputs})");

    public void Emit()
    {
        string what = Vocabulary.WordFor(loss);
        string target = IsOfClasses ? "int32_t target" : "const float *targets";
        using (context.BeginFunction(
            $"{what} of one sample; `factor` times its gradient, which may take the scores' place.",
            $"static float row_loss(const float *scores, {target}, float *gradient, float factor)"))
        {
            if (IsOfClasses)
                EmitSoftmax();
            else
                EmitElements();
        }
    }

    private void EmitSoftmax()
    {
        SourceWriter writer = context.Writer;
        writer.Write("const float target_score = scores[target];");
        writer.Write("float greatest = scores[0], sum;");
        using (context.BeginFor("i", "1", FormattableString.Invariant($"{_outputs}")))
            writer.Write("greatest = scores[i] > greatest ? scores[i] : greatest;");
        context.Loop("i", _outputs, $"gradient[i] = {context.Library.Use("exponential")}(scores[i] - greatest);");
        writer.Write($"sum = {context.Library.Use("row_sum")}(gradient, {_outputs});");
        context.Loop("i", _outputs, "gradient[i] = (gradient[i] / sum - (i == target ? 1.0f : 0.0f)) * factor;");
        writer.Write($"return ({context.Library.Use("logarithm")}(sum) + greatest) - target_score;");
    }

    private void EmitElements()
    {
        SourceWriter writer = context.Writer;
        writer.Write("float chains[16] = {0.0f};");
        if (loss == LossKind.MeanSquaredError)
        {
            context.Loop("i", _outputs, "const float d = scores[i] - targets[i];", "chains[i & 15] += d * d;", "gradient[i] = d * 2.0f * factor;");
        }
        else
        {
            foreach (string name in (string[])["multiply_add", "exponential", "logarithm", "sigmoid", "to_bits", "from_bits"])
                context.Library.Use(name);
            context.Loop(
                "i", _outputs,
                "const float z = scores[i], below = from_bits(to_bits(z) | 0x80000000u);",
                "chains[i & 15] += multiply_add(-z, targets[i], z <= 0.0f ? 0.0f : z) + logarithm(1.0f + exponential(below));",
                "gradient[i] = (sigmoid(z) - targets[i]) * factor;");
        }

        writer.Write($"return {context.Library.Use("sum_halves")}(chains);");
    }
}
