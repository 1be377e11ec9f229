using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a product of layers: from left to right forward, the gradient times the others backward.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class MultiplyEmitter(CContext context, MultiplyPlan plan) : LayerEmitter(context, plan)
{
    private readonly int _length = plan.Multiply.Output.Length;

    private IEnumerable<int> Operands => Enumerable.Range(0, Views.Inputs.Count);

    public override void EmitForward()
    {
        using (Context.BeginFunction(
            $"{Name}: ({Text(_length)}) products, from left to right.",
            $"static void {Name}_forward({string.Join(", ", Operands.Select(static i => FormattableString.Invariant($"const float *x{i}")))}, float *y)"))
        {
            Context.Loop("i", _length, $"y[i] = {string.Join(" * ", Operands.Select(static i => FormattableString.Invariant($"x{i}[i]")))};");
        }
    }

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward({string.Join(", ", Inputs(call, place))}, {place.Sample(call.Writes[0])});");

    protected override void EmitBackwardCall(Call call, Places place)
    {
        using (place.BeginSamples())
        {
            Writer.Write($"const float *const dy = {place.Sample(Views.Incoming)};");
            foreach (int i in Operands)
            {
                if (Views.InputGradients[i].Gradient is not { } gradient)
                    continue;

                using (Writer.BeginBlock())
                {
                    Writer.Write($"float *const dx = {place.Sample(gradient)};");
                    foreach (int other in Operands.Where(other => other != i))
                        Writer.Write($"const float *const x{other} = {place.Sample(Views.Inputs[other])};");
                    string product = string.Concat(Operands.Where(other => other != i).Select(static other => FormattableString.Invariant($" * x{other}[i]")));
                    Context.Loop("i", _length, $"dx[i] {(Views.InputGradients[i].Adds ? "+=" : "=")} dy[i]{product};");
                }
            }
        }
    }
}
