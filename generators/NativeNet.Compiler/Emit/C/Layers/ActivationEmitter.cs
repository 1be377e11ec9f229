using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a layer that is nothing but an activation.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class ActivationEmitter(CContext context, ActivationPlan plan) : LayerEmitter(context, plan)
{
    private readonly ActivationSpec _activation = plan.Layer.Activation;
    private readonly int _length = plan.Layer.Output.Length;

    public override void EmitForward()
    {
        using (Context.BeginFunction($"{Name}: ({Text(_length)}) values, each by itself{ActivationText.Suffix(_activation)}.", $"static void {Name}_forward(const float *x, float *y)"))
            Context.Loop("i", _length, $"y[i] = {ActivationText.Forward(Context.Library, _activation, "x[i]")};");
    }

    public override void EmitTraining()
    {
        if (Views.InputGradient.Gradient is null)
            return;

        string kept = _activation.DerivesFromSum ? "x" : "y";
        using (Context.BeginFunction($"{Name}: the gradient of the inputs.", $"static void {Name}_backward(const float *{kept}, const float *dy, float *dx)"))
        {
            if (_activation.Kind == ActivationKind.None)
                Writer.Write($"(void){kept};");
            Context.Loop("i", _length, $"dx[i] {(Views.InputGradient.Adds ? "+=" : "=")} {ActivationText.Backward(Context.Library, _activation, kept + "[i]", "dy[i]")};");
        }
    }

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward({Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitBackwardCall(Call call, Places place)
    {
        if (Views.InputGradient.Gradient is not { } target)
            return;

        using (place.BeginSamples())
            Writer.Write($"{Name}_backward({place.Sample(_activation.DerivesFromSum ? Views.Input : Views.Output)}, {place.Sample(Views.Incoming)}, {place.Sample(target)});");
    }
}
