using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Gradient descent.</summary>
internal sealed class SgdEmitter(UpdateRuleSpec spec) : RuleEmitter(spec)
{
    public override void Emit(CContext context)
    {
        context.Library.Use("multiply_add");
        context.Writer.Write($$"""

            typedef struct {
                float minus_rate, decay;
            } step_factors;

            static step_factors factors_of(const {{context.Export.Prefix}}_optimizer *optimizer)
            {
                step_factors step;
                step.minus_rate = -optimizer->learning_rate;
                step.decay = optimizer->weight_decay;
                return step;
            }

            /* w = w - rate * (gradient + decay * w) */
            static inline void update(const step_factors *step, float *w, float gradient)
            {
                *w = multiply_add(step->minus_rate, multiply_add(step->decay, *w, gradient), *w);
            }
            """);
    }
}
