using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a leaky relu with learned slopes.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class PReluEmitter(CContext context, PReluPlan plan) : LayerEmitter(context, plan)
{
    private readonly int _channels = plan.PRelu.Input.Channels, _positions = plan.PRelu.Input.Positions;

    public override void EmitForward()
    {
        using (Context.BeginFunction($"{Name}: ({Text(_positions)}, {Text(_channels)}), a slope a channel left of 0.", $"static void {Name}_forward({Parameters}, const float *x, float *y)"))
            EmitElements("y[i] = {0}(x[i], x[i], {1}[c]);");
    }

    public override void EmitTraining()
    {
        if (Views.InputGradient.Gradient is not null)
        {
            using (Context.BeginFunction($"{Name}: the gradient of the inputs.", $"static void {Name}_backward({Parameters}, const float *x, const float *dy, float *dx)"))
                EmitElements("dx[i] = {0}(x[i], dy[i], {1}[c]);");
        }

        if (!plan.Learns)
            return;

        using (Context.BeginFunction(
            $"{Name}: slopes along their gradients, sums over samples and positions: sample b belongs to chain b mod 16.",
            $"static void {Name}_update({Updates}, const float *x, const float *dy, int32_t count)"))
        using (Context.BeginFor("c", _channels))
        {
            Writer.Write("float chain[16] = {0.0f};");
            using (Context.BeginFor("b", "0", "count"))
            using (Context.BeginFor("p", _positions))
            {
                Writer.Write($"const float z = x[b * {Views.Input.Stride} + p * {_channels} + c];");
                using (Writer.BeginBlock("if (z <= 0.0f)"))
                    Writer.Write($"chain[b & 15] = {Context.Library.Use("multiply_add")}(dy[b * {Text(Views.Incoming.Stride)} + p * {Text(_channels)} + c], z, chain[b & 15]);");
            }

            Writer.Write(Context.Rule!.Update(Member("slope"), "c", $"{Context.Library.Use("sum_halves")}(chain)"));
        }
    }

    private void EmitElements(string statement)
    {
        using (Context.BeginFor("c", _channels))
        using (Context.BeginFor("i", "c", Text(_channels * _positions), _channels))
            Writer.Write(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, Context.Library.Use("leaky"), Tensor("slope")));
    }

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward(parameters, {Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitBackwardCall(Call call, Places place)
        => EmitBackward(place, plan.Result, () => Writer.Write($"{Name}_backward(parameters, {place.Sample(Views.Input)}, {place.Sample(Views.Incoming)}, {place.Sample(plan.Result)});"));

    protected override void EmitUpdateCall(Places place)
        => Writer.Write($"{Name}_update({Context.Learned}, {Context.Rule!.Arguments}, {place.Whole(Views.Input)}, {place.Whole(Views.Incoming)}, count);");
}
