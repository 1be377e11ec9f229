using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Adam, and AdamW, whose decay is apart from the gradient.</summary>
/// <param name="spec">The rule with its first settings.</param>
/// <param name="decaysWeights">Whether it is AdamW.</param>
internal sealed class AdamEmitter(UpdateRuleSpec spec, bool decaysWeights) : RuleEmitter(spec)
{
    /// <summary>The defaults of the paper, which the library's rules have too.</summary>
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    public override IEnumerable<RuleSetting> Settings =>
    [
        .. base.Settings,
        new("beta1", Beta1, IsShare: true, "at least 0, below 1: the share of the first moment that is kept"),
        new("beta2", Beta2, IsShare: true, "at least 0, below 1: the share of the second moment that is kept"),
        new("epsilon", Epsilon, IsShare: false, "above 0: added to the root of the second moment"),
    ];

    public override IReadOnlyList<string> State => ["first", "second"];

    public override bool CountsSteps => true;

    protected override string NoDecay => decaysWeights ? "step.shrink = 1.0f;" : base.NoDecay;

    public override void Emit(CContext context)
    {
        foreach (string name in (string[])["multiply_add", "square_root", "double_root", "power"])
            context.Library.Use(name);
        string factor = decaysWeights
            ? "step.shrink = multiply_add(-optimizer->learning_rate, optimizer->weight_decay, 1.0f);"
            : "step.decay = optimizer->weight_decay;";
        string decay = decaysWeights ? "const float start = *w * step.shrink;" : "const float start = *w;\n    gradient = multiply_add(step.decay, start, gradient);";
        context.Writer.Write($$"""

            typedef struct {
                float minus_rate, root_factor, beta1, beta2, epsilon, {{(decaysWeights ? "shrink" : "decay")}};
            } step_factors;

            /* The moments start at 0; these factors of step t make up for it. */
            static step_factors factors_of(const {{context.Export.Prefix}}_optimizer *optimizer)
            {
                step_factors step;
                const uint32_t t = optimizer->steps + 1u;
                step.minus_rate = -(float)((double)optimizer->learning_rate / (1.0 - power((double)optimizer->beta1, t)));
                step.root_factor = (float)(1.0 / double_root(1.0 - power((double)optimizer->beta2, t)));
                step.beta1 = optimizer->beta1;
                step.beta2 = optimizer->beta2;
                step.epsilon = optimizer->epsilon;
                {{factor}}
                return step;
            }

            /* w = w - rate * first / (root of second + epsilon) */
            static void update(step_factors step, float *w, float gradient, float *first, float *second)
            {
                {{decay}}
                *first = multiply_add(step.beta1, *first, (1.0f - step.beta1) * gradient);
                *second = multiply_add(step.beta2, *second, (1.0f - step.beta2) * gradient * gradient);
                *w = multiply_add(step.minus_rate, *first / multiply_add(square_root(*second), step.root_factor, step.epsilon), start);
            }
            """);
    }
}
