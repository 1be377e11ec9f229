using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a sum of layers: from left to right forward, the gradient to all of them backward.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class AddEmitter(CContext context, AddPlan plan) : LayerEmitter(context, plan)
{
    private readonly int _length = plan.Add.Output.Length;

    public override void EmitForward()
    {
    }

    protected override void EmitForwardCall(Call call, Places place)
    {
        string[] inputs = Inputs(call, place);
        string y = place.Sample(call.Writes[0]);
        Writer.Write($"{Context.Library.Use("copy")}({inputs[0]}, {y}, {_length});");
        foreach (string input in inputs.Skip(1))
            Writer.Write($"{Context.Library.Use("add_to")}({y}, {input}, {_length});");
    }

    protected override void EmitBackwardCall(Call call, Places place)
    {
        string dy = place.Sample(Views.Incoming);
        using (place.BeginSamples())
        {
            foreach (GradientTarget target in Views.InputGradients)
            {
                if (target.Gradient is not { } gradient)
                    continue;

                Writer.Write(target.Adds
                    ? $"{Context.Library.Use("add_to")}({place.Sample(gradient)}, {dy}, {Text(_length)});"
                    : $"{Context.Library.Use("copy")}({dy}, {place.Sample(gradient)}, {Text(_length)});");
            }
        }
    }
}
