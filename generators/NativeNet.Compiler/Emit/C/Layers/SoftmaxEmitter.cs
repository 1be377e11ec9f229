using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a softmax over the channels of every position.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class SoftmaxEmitter(CContext context, SoftmaxPlan plan) : LayerEmitter(context, plan)
{
    private readonly int _channels = plan.Softmax.Input.Channels, _positions = plan.Softmax.Input.Positions;

    public override void EmitForward()
    {
        using (Context.BeginFunction($"{Name}: ({Text(_positions)}, {Text(_channels)}), every position by itself.", $"static void {Name}_forward(const float *x, float *y)"))
        using (Context.BeginFor("p", _positions))
        {
            Writer.Write($"const float *const from = x + p * {_channels};");
            Writer.Write($"float *const row = y + p * {_channels};");
            Writer.Write("float greatest = from[0], sum;");
            Context.Loop("c", _channels, "greatest = from[c] > greatest ? from[c] : greatest;");
            Context.Loop("c", _channels, $"row[c] = {Context.Library.Use("exponential")}(from[c] - greatest);");
            Writer.Write($"sum = {Context.Library.Use("row_sum")}(row, {_channels});");
            Context.Loop("c", _channels, "row[c] /= sum;");
        }
    }

    public override void EmitTraining()
    {
        if (Views.InputGradient.Gradient is null)
            return;

        using (Context.BeginFunction($"{Name}: the gradient of the inputs, dx = y * (dy - sum of dy * y).", $"static void {Name}_backward(const float *y, const float *dy, float *dx)"))
        using (Context.BeginFor("p", _positions))
        {
            Writer.Write($"const int32_t at = p * {_channels};");
            Writer.Write($"const float sum = {Context.Library.Use("row_product")}(dy + at, y + at, {_channels});");
            Context.Loop("c", _channels, "dx[at + c] = y[at + c] * (dy[at + c] - sum);");
        }
    }

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward({Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitBackwardCall(Call call, Places place)
        => EmitBackward(place, plan.Result, () => Writer.Write($"{Name}_backward({place.Sample(Views.Output)}, {place.Sample(Views.Incoming)}, {place.Sample(plan.Result)});"));
}
