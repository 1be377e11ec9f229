using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Gradient descent with momentum, and the form that looks ahead.</summary>
/// <param name="spec">The rule with its first settings.</param>
/// <param name="looksAhead">Whether it is Nesterov's.</param>
internal sealed class MomentumEmitter(UpdateRuleSpec spec, bool looksAhead) : RuleEmitter(spec)
{
    public override IEnumerable<RuleSetting> Settings
        => [.. base.Settings, new("momentum", Spec.Momentum, IsShare: true, "at least 0, below 1: the share of the velocity that is kept")];

    public override IReadOnlyList<string> State => ["velocity"];

    public override void Emit(CContext context)
    {
        context.Library.Use("multiply_add");
        string ahead = looksAhead ? "multiply_add(step.momentum, *velocity, gradient)" : "*velocity";
        context.Writer.Write($$"""

            typedef struct {
                float minus_rate, decay, momentum;
            } step_factors;

            static step_factors factors_of(const {{context.Export.Prefix}}_optimizer *optimizer)
            {
                step_factors step;
                step.minus_rate = -optimizer->learning_rate;
                step.decay = optimizer->weight_decay;
                step.momentum = optimizer->momentum;
                return step;
            }

            /* velocity = momentum * velocity + gradient; w = w - rate * {{(looksAhead ? "(momentum * velocity + gradient)" : "velocity")}} */
            static inline void update(step_factors step, float *w, float gradient, float *velocity)
            {
                gradient = multiply_add(step.decay, *w, gradient);
                *velocity = multiply_add(step.momentum, *velocity, gradient);
                *w = multiply_add(step.minus_rate, {{ahead}}, *w);
            }
            """);
    }
}
