using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes fixed factors, in both directions.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class ScaleEmitter(CContext context, ScalePlan plan) : LayerEmitter(context, plan)
{
    private readonly int _channels = plan.Scale.Input.Channels, _length = plan.Scale.Input.Length;

    public override void EmitForward()
    {
        using (Context.BeginFunction($"{Name}: ({Text(_length / _channels)}, {Text(_channels)}) times fixed factors; the same for gradients.", $"static void {Name}_apply(const float *x, float *y)"))
        {
            if (plan.HasOneFactor)
            {
                using (Context.BeginFor("i", _length))
                    Writer.Write($"y[i] = x[i] * {CLiteral.Of(plan.Scale.Factors[0])};");
                return;
            }

            Writer.Write($"static const float factors[{Text(_channels)}] = {{{string.Join(", ", plan.Scale.Factors.Select(CLiteral.Of))}}};");
            using (Context.BeginFor("c", _channels))
            using (Context.BeginFor("i", "c", Text(_length), _channels))
                Writer.Write("y[i] = x[i] * factors[c];");
        }
    }

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_apply({Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitBackwardCall(Call call, Places place)
        => EmitBackward(place, plan.Result, () => Writer.Write($"{Name}_apply({place.Sample(Views.Incoming)}, {place.Sample(plan.Result)});"));
}
