using NativeNet.Compiler.Planning;
using NativeNet.Numerics;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes dropout: in training a function of seed, step, sample and element, in prediction a copy.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class DropoutEmitter(CContext context, DropoutPlan plan) : LayerEmitter(context, plan)
{
    private readonly int _length = plan.Dropout.Output.Length;

    public override void EmitForward()
    {
    }

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Context.Library.Use("copy")}({Inputs(call, place)[0]}, {place.Sample(call.Writes[0])}, {_length});");

    protected override void EmitTrainingForwardCall(Call call, Places place)
        => EmitDrop(Inputs(call, place)[0], place.Sample(call.Writes[0]));

    protected override void EmitBackwardCall(Call call, Places place)
        => EmitBackward(place, plan.Result, () => EmitDrop(place.Sample(Views.Incoming), place.Sample(plan.Result)));

    private void EmitDrop(string from, string to)
    {
        uint least = (uint)Math.Ceiling(plan.Dropout.Rate * (double)(1 << 24));
        string stream = CLiteral.Of(RandomStreams.Dropout(plan.Dropout.Index));
        Writer.Write($"{Context.Library.Use("drop")}({from}, {to}, {Text(_length)}, optimizer->seed, (uint32_t)b, {stream}, optimizer->steps + 1u, {CLiteral.Of(least)}, {CLiteral.Of(1 / (1 - plan.Dropout.Rate))});");
    }
}
