using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the calls of a transposed convolution: the library's kernels, told its shape, and its activation in loops of its own.</summary>
internal sealed class ConvTransposeEmitter(SourceWriter writer, ConvTransposePlan plan, VectorWidth width, int block) : LayerEmitter
{
    private const string Constraint = "    where TLanes : struct, ILanes<TLanes>";

    private readonly string _lanes = width.LaneType(block), _shape = Shape(plan);
    private readonly int _outputs = plan.Transpose.Output.Length;

    private bool Activates => plan.Transpose.Activation.Kind != ActivationKind.None;

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => EmitForward($"Lanes{width.Bits}", inputs[0], output, output, "parameters", 1);

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitForward(_lanes, inputs[0], sums, output, parameters, block);

    public override void EmitBackward(Func<View, string> reference)
    {
        string gradient = reference(plan.Views.Incoming);
        if (plan.TakesActivationBack)
            writer.Write($"{plan.Name}ActivationBackward<{_lanes}>(ref {reference(plan.Views.Kept)}, ref {gradient}, {_outputs * block});");
        if (plan.Views.InputGradient is { Gradient: { } target, Adds: var adds })
            writer.Write($"ConvTranspose.Backward<{_lanes}>(ref {gradient}, ref {reference(target)}, ref pass.Parameters, {_shape}, {block}, {(adds ? "true" : "false")});");
    }

    public override void EmitUpdate(Func<View, string> reference)
        => writer.Write(!plan.LearnsWeights
            ? BiasUpdateCode.OfChannels(plan, _lanes, block, reference)
            : $"ConvTransposeUpdate.Apply<TRule, {_lanes}>(ref {reference(plan.Views.Input)}, ref {reference(plan.Views.Incoming)}, ref pass.Parameters, ref pass.State, in rule, ref tile, WorkRange.Of({plan.Transpose.Products}, 1, part, parts), {_shape}, {block}, pass.Samples, TrainedLength);");

    public override void EmitMethods(bool trains)
    {
        if (!Activates)
            return;

        writer.Blank();
        writer.Write($"// {plan.Name} activation: y = {ActivationCode.Name(plan.Transpose.Activation)}(z).");
        writer.Write($"private static void {plan.Name}Activation<TLanes>(ref float z, ref float y, nuint length)");
        using (writer.BeginBlock(Constraint))
            EmitLoop(ActivationCode.Forward(plan.Transpose.Activation, "TLanes", "TLanes.Load(ref z, i)") + ".Store(ref y, i);");
        if (!trains || !plan.TakesActivationBack)
            return;

        string kept = plan.Views.Sums is null ? "y" : "z";
        writer.Blank();
        writer.Write($"// {plan.Name} activation backward: ∂z = ∂y · f'(z), in place.");
        writer.Write($"private static void {plan.Name}ActivationBackward<TLanes>(ref float {kept}, ref float gradient, nuint length)");
        using (writer.BeginBlock(Constraint))
            EmitLoop(ActivationCode.Backward(plan.Transpose.Activation, "TLanes", $"TLanes.Load(ref {kept}, i)", "TLanes.Load(ref gradient, i)") + ".Store(ref gradient, i);");
    }

    private void EmitForward(string lanes, string input, string sums, string output, string parameters, int samples)
    {
        writer.Write($"ConvTranspose.Forward<{lanes}>(ref {input}, ref {sums}, ref {parameters}, {_shape}, {samples});");
        if (Activates)
            writer.Write($"{plan.Name}Activation<{lanes}>(ref {sums}, ref {output}, {_outputs * samples});");
    }

    private void EmitLoop(string statement)
    {
        writer.Write("for (nuint i = 0; i < length; i += (nuint)TLanes.Count)");
        writer.Write("    " + statement);
    }

    private static string Shape(ConvTransposePlan plan)
    {
        ParameterTensor weights = plan.Tensor("weight");
        int biases = plan.Transpose.HasBias ? plan.Tensor("bias").Offset : -1;
        return FormattableString.Invariant(
            $"new ConvTransposeShape({Literal.Of(plan.Transpose.Window)}, {plan.Transpose.Channels}, {weights.Offset}, {weights.Matrix.PaddedColumns}, {biases})");
    }
}
