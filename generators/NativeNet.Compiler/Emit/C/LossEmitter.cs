using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes the loss of one row and the gradient of its scores: section 6 of the numeric contract.</summary>
/// <param name="context">What is written.</param>
/// <param name="loss">The loss.</param>
internal sealed class LossEmitter(CContext context, LossKind loss)
{
    private readonly int _outputs = loss == LossKind.SoftmaxCrossEntropy ? context.Program.Spec.Output.Channels : context.Program.Spec.Output.Length;
    private readonly int _targets = context.Program.Spec.TargetLength;

    /// <summary>Whether a sample's target is its class.</summary>
    public bool IsOfClasses => loss == LossKind.SoftmaxCrossEntropy;

    /// <summary>The name of the targets in signatures.</summary>
    public string Targets => IsOfClasses ? "classes" : "targets";

    /// <summary>The parameter that holds a batch's targets.</summary>
    public string Parameter => IsOfClasses ? "const int32_t *classes" : "const float *targets";

    /// <summary>The target of sample b in a call of <c>row_loss</c>.</summary>
    public string Target => IsOfClasses && _targets == 1 ? "classes[b]" : $"{Targets} + {Terms.Times("b", _targets)}";

    /// <summary>One over the terms of the mean.</summary>
    public string Factor => IsOfClasses && _targets == 1 ? "1.0f / (float)count" : $"{context.Library.Use("one_over")}({Terms.Times("count", _targets)})";

    /// <summary>What a call returns for targets that the loss does not take.</summary>
    public string TargetError => IsOfClasses ? "CLASS_OUT_OF_RANGE" : "TARGET_OUT_OF_RANGE";

    /// <summary>Which targets the loss takes, in words.</summary>
    public string TargetRange => loss switch
    {
        LossKind.SoftmaxCrossEntropy => "classes of the network",
        LossKind.BinaryCrossEntropy => "probabilities",
        _ => "finite",
    };

    public void Emit()
    {
        string what = Vocabulary.WordFor(loss);
        string target = IsOfClasses ? "int32_t target" : "const float *targets";
        bool hasPositions = IsOfClasses && _targets > 1;
        using (context.BeginFunction(
            $"{what} of one {(hasPositions ? "position" : "sample")}; `factor` times its gradient, which may take the scores' place.",
            $"static float {(hasPositions ? "position" : "row")}_loss(const float *scores, {target}, float *gradient, float factor)"))
        {
            if (IsOfClasses)
                EmitSoftmax();
            else
                EmitElements();
        }

        if (hasPositions)
            EmitPositions(what);
    }

    /// <summary>The positions of a sample, each with a class of its own, added one after the other.</summary>
    private void EmitPositions(string what)
    {
        using (context.BeginFunction(
            FormattableString.Invariant($"{what} of one sample of {_targets} positions."),
            "static float row_loss(const float *scores, const int32_t *targets, float *gradient, float factor)"))
        {
            context.Writer.Write("float sum = position_loss(scores, targets[0], gradient, factor);");
            using (context.BeginFor("p", "1", FormattableString.Invariant($"{_targets}")))
                context.Writer.Write($"sum += position_loss(scores + p * {_outputs}, targets[p], gradient + p * {_outputs}, factor);");
            context.Writer.Write("return sum;");
        }
    }

    /// <summary>Writes the function that tells whether the loss takes a batch's targets.</summary>
    public void EmitTargetCheck()
    {
        string wrong = loss switch
        {
            LossKind.SoftmaxCrossEntropy => FormattableString.Invariant($"classes[i] < 0 || classes[i] >= {_outputs}"),
            LossKind.BinaryCrossEntropy => "!(targets[i] >= 0.0f && targets[i] <= 1.0f)",
            _ => $"({context.Library.Use("to_bits")}(targets[i]) & 0x7F800000u) == 0x7F800000u",
        };
        string count = Terms.Times("count", _targets);
        using (context.BeginFunction($"Whether all {Targets} are {TargetRange}.", $"static int are_{Targets}({Parameter}, int32_t count)"))
        {
            using (context.BeginFor("i", "0", count))
            using (context.Writer.BeginBlock($"if ({wrong})"))
                context.Writer.Write("return 0;");
            context.Writer.Write("return 1;");
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
