using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the calls of a recurrent layer: the library's kernels, told the cell and its shape.</summary>
internal sealed class RecurrentEmitter(SourceWriter writer, RecurrentPlan plan, VectorWidth width, int block) : LayerEmitter
{
    private readonly string _cell = CellName(plan.Recurrent.Kind);
    private readonly string _shape = Shape(plan);
    private readonly string _lanes = width.LaneType(block);

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => writer.Write($"RecurrentStep.Forward<{_cell}, Lanes{width.Bits}>(ref {inputs[0]}, ref {scratch}, ref {output}, ref parameters, {_shape});");

    public override void EmitProcess(IReadOnlyList<string> inputs, string scratch, string output, string stream)
        => writer.Write($"RecurrentStep.Process<{_cell}, Lanes{width.Bits}>(ref {inputs[0]}, ref {stream}, ref {scratch}, ref {output}, ref parameters, {_shape});");

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitForward(inputs[0], sums, output, parameters, "false");

    public override void EmitTrainingForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitForward(inputs[0], sums, output, parameters, plan.Recurrent.IsStateful ? "true, carries: true" : "true");

    public override void EmitBackward(Func<View, string> reference)
    {
        GradientTarget target = plan.Views.InputGradient;
        string kept = reference(plan.Kept), dx = target.Gradient is { } gradient ? reference(gradient) : kept;
        string use = target.Gradient is null ? "None" : target.Adds ? "Added" : "Written";
        writer.Write($"Recurrent.Backward<{_cell}, {_lanes}>(ref {kept}, ref {reference(plan.Views.Incoming)}, ref {dx}, ref {reference(plan.Scratch)}, ref pass.Parameters, {_shape}, {block}, InputGradientUse.{use});");
    }

    public override void EmitUpdate(Func<View, string> reference)
        => writer.Write(!plan.LearnsWeights
            ? BiasUpdateCode.Once($"RecurrentUpdate.ApplyBiases<{_cell}, TRule>(ref {reference(plan.Kept)}, {plan.Kept.Stride}, ref pass.Parameters, ref pass.State, in rule, ref tile, {_shape}, {block}, pass.Count, TrainedLength);")
            : $"RecurrentUpdate.Apply<{_cell}, TRule, Lanes{width.Bits}>(ref {reference(plan.Views.Input)}, {plan.Views.Input.Stride}, ref {reference(plan.Kept)}, {plan.Kept.Stride}, ref pass.Parameters, ref pass.State, in rule, ref tile, part, parts, {_shape}, {block}, pass.Count, TrainedLength);");

    public override void EmitMethods(bool trains)
    {
    }

    private void EmitForward(string input, string memory, string output, string parameters, string keeps)
        => writer.Write($"Recurrent.Forward<{_cell}, {_lanes}>(ref {input}, ref {memory}, ref {output}, ref {parameters}, {_shape}, {block}, {keeps});");

    private static string CellName(RecurrentKind kind) => kind switch
    {
        RecurrentKind.Gru => "GruCell",
        RecurrentKind.Lstm => "LstmCell",
        _ => "RnnCell",
    };

    private static string Shape(RecurrentPlan plan)
    {
        RecurrentSpec layer = plan.Recurrent;
        int hiddenBias = layer.Kind == RecurrentKind.Gru ? plan.Tensor("bias_n").Offset : 0;
        return FormattableString.Invariant(
            $"new RecurrentShape({layer.Steps}, {layer.Inputs}, {layer.Units}, {(layer.ReturnSequences ? "true" : "false")}, {plan.Tensor("weight_ih").Offset}, {plan.Tensor("weight_hh").Offset}, {plan.Tensor("bias").Offset}, {hiddenBias})");
    }
}
