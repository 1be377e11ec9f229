using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the calls of a product of layers: from left to right on the way forward, on the way back with all but one.</summary>
internal sealed class MultiplyEmitter(SourceWriter writer, MultiplyPlan plan, VectorWidth width, int block) : LayerEmitter
{
    private readonly string _lanes = width.LaneType(block);
    private readonly int _elements = plan.Multiply.Output.Length;

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => EmitProduct($"Lanes{width.Bits}", inputs, output, _elements);

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitProduct(_lanes, inputs, output, _elements * block);

    public override void EmitBackward(Func<View, string> reference)
    {
        for (int i = 0; i < plan.Views.Inputs.Count; i++)
        {
            if (plan.Views.InputGradients[i] is not { Gradient: { } gradient } target)
                continue;

            int operand = i;
            IEnumerable<View> others = plan.Views.Inputs.Where((_, other) => other != operand);
            string result = reference(target.Adds ? plan.Share : gradient);
            EmitProduct(_lanes, [reference(plan.Views.Incoming), .. others.Select(reference)], result, _elements * block);
            if (target.Adds)
                writer.Write($"Blocks.Add<{_lanes}>(ref {reference(gradient)}, ref {result}, {_elements * block});");
        }
    }

    public override void EmitUpdate(Func<View, string> reference)
        => throw new NotSupportedException($"{plan.Name} has nothing to update.");

    public override void EmitMethods(bool trains)
    {
    }

    private void EmitProduct(string lanes, IReadOnlyList<string> factors, string product, int count)
    {
        writer.Write($"Blocks.Multiply<{lanes}>(ref {factors[0]}, ref {factors[1]}, ref {product}, {count});");
        for (int i = 2; i < factors.Count; i++)
            writer.Write($"Blocks.Multiply<{lanes}>(ref {product}, ref {factors[i]}, ref {product}, {count});");
    }
}
