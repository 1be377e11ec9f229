using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>An update rule in C: its settings and state in the header, its formula in the source.</summary>
/// <remarks>
/// What is the same for all parameters of a step is computed once and lies in a private <c>step_factors</c>; one function updates
/// one parameter from it.
/// </remarks>
/// <param name="spec">The rule with its first settings.</param>
internal abstract class RuleEmitter(UpdateRuleSpec spec)
{
    private const string WithoutDecay = "without_decay";

    /// <summary>The members that do not decay.</summary>
    private readonly HashSet<string> _spared = [];

    /// <summary>The rule with its first settings.</summary>
    public UpdateRuleSpec Spec => spec;

    /// <summary>The rule as comments name it.</summary>
    public string Word => Vocabulary.UpdateRules.WordFor(spec.Kind);

    /// <summary>The members of the settings, each with its first value and what it must fulfil.</summary>
    public virtual IEnumerable<RuleSetting> Settings =>
    [
        new("learning_rate", spec.LearningRate, IsShare: false, "finite, at least 0"),
        new("weight_decay", spec.WeightDecay, IsShare: false, spec.SparesBiases ? "finite, at least 0: of weights, biases are spared" : "finite, at least 0"),
    ];

    /// <summary>The members that hold a value a trained parameter.</summary>
    public virtual IReadOnlyList<string> State => [];

    /// <summary>Whether the formula depends on the number of the step.</summary>
    public virtual bool CountsSteps => false;

    /// <summary>The statement that takes the decay out of <c>step</c>.</summary>
    protected virtual string NoDecay => "step.decay = 0.0f;";

    /// <summary>When a gradient of +0 leaves a finite parameter as it is, a condition; null where it moves all the same.</summary>
    public virtual string? Rests => null;

    /// <summary>Writes <c>step_factors</c> and the functions <c>factors_of</c> and <c>update</c>.</summary>
    public abstract void Emit(CContext context);

    /// <summary>The statement that moves one parameter.</summary>
    /// <param name="member">Its tensor's member.</param>
    /// <param name="index">Its place in it.</param>
    /// <param name="gradient">Its gradient, an expression.</param>
    public string Update(string member, string index, string gradient)
        => $"update({(_spared.Contains(member) ? WithoutDecay + "(step)" : "step")}, &parameters->{member}[{index}], {gradient}{string.Concat(State.Select(state => $", &optimizer->{state}.{member}[{index}]"))});";

    /// <summary>What a function that updates takes besides the parameters.</summary>
    public string Parameters(string prefix) => "step_factors step" + (State.Count > 0 ? $", {prefix}_optimizer *optimizer" : "");

    /// <summary>The same in a call.</summary>
    public string Arguments => "step" + (State.Count > 0 ? ", optimizer" : "");

    /// <summary>The rule of a kind.</summary>
    /// <param name="spec">The rule with its first settings.</param>
    /// <param name="program">The network whose parameters it moves.</param>
    public static RuleEmitter Of(UpdateRuleSpec spec, Program program)
    {
        RuleEmitter rule = Of(spec);
        if (spec.SparesBiases)
        {
            rule._spared.UnionWith(SourceFile.Tensors(program).Where(static own => own.Tensor.Slot.IsTrained && own.Tensor.Spec.Dimensions.Count == 1)
                .Select(static own => CNames.Member(own.Layer, own.Tensor.Spec.Name)));
        }

        return rule;
    }

    /// <summary>Writes the function that takes the decay out of a step's factors, where tensors are spared.</summary>
    public void EmitWithoutDecay(CContext context)
    {
        if (_spared.Count == 0)
            return;

        using (context.BeginFunction("The step of biases, and of all tensors of one dimension: they do not decay.", $"static inline step_factors {WithoutDecay}(step_factors step)"))
        {
            context.Writer.Write(NoDecay);
            context.Writer.Write("return step;");
        }
    }

    private static RuleEmitter Of(UpdateRuleSpec spec) => spec.Kind switch
    {
        UpdateRuleKind.Sgd => new SgdEmitter(spec),
        UpdateRuleKind.Momentum => new MomentumEmitter(spec, looksAhead: false),
        UpdateRuleKind.Nesterov => new MomentumEmitter(spec, looksAhead: true),
        UpdateRuleKind.Adam => new AdamEmitter(spec, decaysWeights: false),
        _ => new AdamEmitter(spec, decaysWeights: true),
    };
}

/// <summary>A setting that the user may change between steps.</summary>
/// <param name="Name">The member.</param>
/// <param name="Value">Its first value.</param>
/// <param name="IsShare">Whether it must be below 1.</param>
/// <param name="Range">What it must fulfil, in words.</param>
internal readonly record struct RuleSetting(string Name, float Value, bool IsShare, string Range);
