using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes a layer that is nothing but an activation: one loop each way over a block.</summary>
internal sealed class ActivationEmitter(SourceWriter writer, ActivationPlan plan, VectorWidth width, int block) : LayerEmitter
{
    private const string Constraint = "    where TLanes : struct, ILanes<TLanes>";

    private readonly string _lanes = width.LaneType(block);
    private readonly int _elements = plan.Layer.Output.Length;
    private readonly bool _derivesFromSum = plan.Layer.Activation.DerivesFromSum;

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => writer.Write($"{plan.Name}Forward<Lanes{width.Bits}>(ref {inputs[0]}, ref {output}, {_elements});");

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write($"{plan.Name}Forward<{_lanes}>(ref {inputs[0]}, ref {output}, {_elements * block});");

    public override void EmitBackward(Func<View, string> reference)
    {
        if (plan.Views.InputGradient.Gradient is { } target)
            writer.Write($"{plan.Name}Backward<{_lanes}>(ref {reference(_derivesFromSum ? plan.Views.Input : plan.Views.Output)}, ref {reference(plan.Views.Incoming)}, ref {reference(target)}, {_elements * block});");
    }

    public override void EmitUpdate(Func<View, string> reference)
        => throw new NotSupportedException($"{plan.Name} has nothing to update.");

    public override void EmitMethods(bool trains)
    {
        writer.Blank();
        writer.Write($"// {plan.Name} forward: y = {ActivationCode.Name(plan.Layer.Activation)}(z).");
        writer.Write($"private static void {plan.Name}Forward<TLanes>(ref float z, ref float y, nuint length)");
        using (writer.BeginBlock(Constraint))
            EmitLoop(ActivationCode.Forward(plan.Layer.Activation, "TLanes", "TLanes.Load(ref z, i)") + ".Store(ref y, i);");

        if (!trains || plan.Views.InputGradient.Gradient is null)
            return;

        bool adds = plan.Views.InputGradient.Adds;
        string kept = _derivesFromSum ? "z" : "y";
        string gradient = ActivationCode.Backward(plan.Layer.Activation, "TLanes", $"TLanes.Load(ref {kept}, i)", "TLanes.Load(ref dy, i)");
        writer.Blank();
        writer.Write($"// {plan.Name} backward: ∂z = {(adds ? "∂z + " : "")}∂y · f'(z).");
        writer.Write($"private static void {plan.Name}Backward<TLanes>(ref float {kept}, ref float dy, ref float dz, nuint length)");
        using (writer.BeginBlock(Constraint))
            EmitLoop((adds ? $"(TLanes.Load(ref dz, i) + {gradient})" : gradient) + ".Store(ref dz, i);");
    }

    private void EmitLoop(string statement)
    {
        writer.Write("for (nuint i = 0; i < length; i += (nuint)TLanes.Count)");
        writer.Write("    " + statement);
    }
}
