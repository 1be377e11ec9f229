using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Gradient descent.</summary>
internal sealed class SgdEmitter(UpdateRuleSpec spec) : RuleEmitter(spec)
{
    public override string? Rests => "step.decay <= 0.0f";

    public override void Emit(CContext context)
    {
        context.Library.Use("multiply_add");
        context.Library.Use("is_finite");
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
            static inline void update(step_factors step, float *w, float gradient)
            {
            #if defined(MULTIPLY_ADD_IS_LONG)
                /* Without decay, a gradient of +0 leaves a finite weight as it is, and any other needs one multiply-add. */
                if (to_bits(step.decay) == 0u && is_finite(*w)) {
                    if (to_bits(gradient) != 0u) {
                        *w = multiply_add(step.minus_rate, gradient, *w);
                    }
                    return;
                }
            #endif
                *w = multiply_add(step.minus_rate, multiply_add(step.decay, *w, gradient), *w);
            }
            """);
    }
}
