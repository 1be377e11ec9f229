using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the calls of a sum of layers: from left to right on the way forward, the gradient to all of them on the way back.</summary>
internal sealed class AddEmitter(SourceWriter writer, AddPlan plan, VectorWidth width, int block) : LayerEmitter
{
    private readonly string _lanes = width.LaneType(block);
    private readonly int _elements = plan.Add.Output.Length;

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => EmitSum($"Lanes{width.Bits}", inputs, output, _elements);

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitSum(_lanes, inputs, output, _elements * block);

    public override void EmitBackward(Func<View, string> reference)
    {
        string dy = reference(plan.Views.Incoming);
        foreach (GradientTarget target in plan.Views.InputGradients)
        {
            if (target.Gradient is not { } gradient)
                continue;

            if (target.Adds)
                writer.Write($"Blocks.Add<{_lanes}>(ref {reference(gradient)}, ref {dy}, {_elements * block});");
            else
                writer.Write($"Blocks.Copy(ref {dy}, ref {reference(gradient)}, {_elements * block});");
        }
    }

    public override void EmitUpdate(Func<View, string> reference)
        => throw new NotSupportedException($"{plan.Name} has nothing to update.");

    public override void EmitMethods(bool trains)
    {
    }

    private void EmitSum(string lanes, IReadOnlyList<string> inputs, string output, int count)
    {
        writer.Write($"Blocks.Add<{lanes}>(ref {inputs[0]}, ref {inputs[1]}, ref {output}, {count});");
        for (int i = 2; i < inputs.Count; i++)
            writer.Write($"Blocks.Add<{lanes}>(ref {output}, ref {inputs[i]}, {count});");
    }
}
