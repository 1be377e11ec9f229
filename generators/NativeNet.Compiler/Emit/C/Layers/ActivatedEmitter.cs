using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>What layers of sums with an activation behind them share.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
/// <param name="activation">The activation.</param>
/// <param name="takesActivationBack">Whether the gradient of the outputs has to be turned into that of the sums.</param>
internal abstract class ActivatedEmitter(CContext context, LayerPlan plan, ActivationSpec activation, bool takesActivationBack) : LayerEmitter(context, plan)
{
    /// <summary>Whether the sums are kept beside the outputs.</summary>
    protected bool KeepsSums => Context.Export.Trains && Views.Sums is not null && Plan.StreamLength == 0;

    /// <summary>Where a tile leaves its sums: the outputs, or where they are kept.</summary>
    protected string Sums => KeepsSums ? "z" : "y";

    /// <summary>The signature of its forward function.</summary>
    protected string ForwardSignature
        => $"static void {Name}_forward({Parameters}, const float *x, float *y{(KeepsSums ? ", float *z" : "")})";

    /// <summary>A tile's result: the activation of a sum, or the sum where one loop applies the activation later.</summary>
    protected string Result(string sum)
        => HasLongActivation ? sum : ActivationText.Forward(Context.Library, activation, sum);

    /// <summary>Whether there is such a loop.</summary>
    protected bool HasLongActivation => ActivationText.IsLong(activation);

    /// <summary>Writes that loop, for one sample.</summary>
    protected void EmitLongActivation()
    {
        if (HasLongActivation)
            EmitLongActivation("y[i]", Sums + "[i]");
    }

    /// <summary>Writes that loop.</summary>
    /// <param name="y">Output i.</param>
    /// <param name="sum">Its sum.</param>
    protected void EmitLongActivation(string y, string sum)
        => Context.Loop("i", Plan.Spec.Output.Length, $"{y} = {ActivationText.Forward(Context.Library, activation, sum)};");

    /// <summary>Writes the function that takes the activation back, for one sample.</summary>
    protected void EmitActivationGradient()
    {
        if (!takesActivationBack)
            return;

        string kept = activation.DerivesFromSum ? "z" : "y";
        using (Context.BeginFunction($"{Name}: from the gradient of the outputs to that of the sums, in place.", $"static void {Name}_activation_gradient(const float *{kept}, float *dz)"))
            Context.Loop("i", Plan.Spec.Output.Length, $"dz[i] = {ActivationText.Backward(Context.Library, activation, kept + "[i]", "dz[i]")};");
    }

    public override void EmitTraining()
    {
        if (!Views.IsOnTheWayBack)
            return;

        EmitActivationGradient();
        if (Views.InputGradient.Gradient is not null)
            EmitInputGradient();
        if (Plan.LearnsWeights)
            EmitUpdate();
        else if (Plan.Learns)
            EmitBiasesAlone();
    }

    /// <summary>Writes the gradient of the inputs by that of the sums.</summary>
    protected abstract void EmitInputGradient();

    /// <summary>Writes the update of weights and biases.</summary>
    protected abstract void EmitUpdate();

    /// <summary>Writes the update of biases where weights are frozen.</summary>
    protected virtual void EmitBiasesAlone() => EmitBiasFunction();

    protected override void EmitForwardCall(Call call, Places place)
    {
        string y = place.Sample(call.Writes[0]), sums = call.Writes.Count > 1 ? place.Sample(call.Writes[1]) : y;
        Writer.Write($"{Name}_forward(parameters, {Inputs(call, place)[0]}, {y}{(KeepsSums ? ", " + sums : "")});");
    }

    protected override void EmitBackwardCall(Call call, Places place)
    {
        using (place.BeginSamples())
        {
            EmitActivationGradientCall(place);
            if (Views.InputGradient.Gradient is { } target)
                Writer.Write($"{Name}_input_gradient(parameters, {place.Sample(Plan.SumGradient)}, {place.Sample(target)});");
        }
    }

    /// <summary>Writes its call for the sample at hand.</summary>
    protected void EmitActivationGradientCall(Places place)
    {
        if (takesActivationBack)
            Writer.Write($"{Name}_activation_gradient({place.Sample(Views.Kept)}, {place.Sample(Plan.SumGradient)});");
    }

    protected override void EmitUpdateCall(Places place)
    {
        if (Plan.LearnsWeights)
            EmitWholeUpdateCall(place);
        else
            EmitBiasCall(place);
    }

    /// <summary>Writes the call of the update of weights and biases.</summary>
    protected virtual void EmitWholeUpdateCall(Places place)
        => Writer.Write($"{Name}_update({Context.Learned}, {Context.Rule!.Arguments}, {place.Whole(Views.Input)}, {place.Whole(Plan.SumGradient)}, count);");
}
