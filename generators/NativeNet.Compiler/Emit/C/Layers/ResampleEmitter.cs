using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a layer that repeats positions or leaves them out.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class ResampleEmitter(CContext context, ResamplePlan plan) : LayerEmitter(context, plan)
{
    private readonly ResampleAxis _down = plan.Resample.Vertical, _across = plan.Resample.Horizontal;
    private readonly int _channels = plan.Resample.Input.Channels;

    /// <summary>The shapes, for comments.</summary>
    private string Shapes => $"({Text(_down.Input)}, {Text(_across.Input)}, {Text(_channels)}) -> ({Text(_down.Output)}, {Text(_across.Output)}, {Text(_channels)})";

    public override void EmitForward()
    {
        using (Context.BeginFunction($"{Name}: {Shapes}.", $"static void {Name}_forward(const float *x, float *y)"))
            EmitPositions("y[at + c] = x[shown + c];");
    }

    public override void EmitTraining()
    {
        if (Views.InputGradient.Gradient is null)
            return;

        using (Context.BeginFunction($"{Name}: each gradient to the position that was shown, from +0, outputs ascending.", $"static void {Name}_backward(const float *dy, float *dx)"))
        {
            Context.Loop("i", plan.Resample.Input.Length, "dx[i] = 0.0f;");
            EmitPositions("dx[shown + c] += dy[at + c];");
        }
    }

    private void EmitPositions(string statement)
    {
        using (Context.BeginFor("oy", _down.Output))
        using (Context.BeginFor("ox", _across.Output))
        {
            Writer.Write($"const int32_t at = {Terms.Times($"({Terms.Times("oy", _across.Output)} + ox)", _channels)};");
            Writer.Write($"const int32_t shown = {Terms.Times($"({Terms.Times(Position("oy", _down), _across.Input)} + {Position("ox", _across)})", _channels)};");
            Context.Loop("c", _channels, statement);
        }
    }

    private static string Position(string output, ResampleAxis axis)
        => $"({(axis.Repeats == 1 ? output : $"{output} / {Text(axis.Repeats)}")} + {Text(axis.First)})";

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward({Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitBackwardCall(Call call, Places place)
        => EmitBackward(place, plan.Result, () => Writer.Write($"{Name}_backward({place.Sample(Views.Incoming)}, {place.Sample(plan.Result)});"));
}
