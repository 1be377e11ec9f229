using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a normalization by means and deviations that come with the weights.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class NormalizationEmitter(CContext context, NormalizationPlan plan) : LayerEmitter(context, plan)
{
    private readonly int _channels = plan.Norm.Input.Channels, _length = plan.Norm.Input.Length;

    public override void EmitForward()
    {
        using (Context.BeginFunction($"{Name}: ({Text(_length / _channels)}, {Text(_channels)}), features less their means, divided by their deviations.", $"static void {Name}_forward({Parameters}, const float *x, float *y)"))
        using (Context.BeginFor("c", _channels))
        using (Context.BeginFor("i", "c", Text(_length), _channels))
            Writer.Write($"y[i] = (x[i] - {Tensor(NormalizationSpec.Mean)}[c]) / {Tensor(NormalizationSpec.Deviation)}[c];");
    }

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward(parameters, {Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitBackwardCall(Call call, Places place)
        => throw new NotSupportedException($"{Plan.Name} has no way back.");
}
