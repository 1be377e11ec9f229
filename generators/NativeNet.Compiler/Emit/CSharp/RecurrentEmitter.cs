using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the calls of a recurrent layer: the library's loops over frames, told the cell, its sums and its shape.</summary>
internal sealed class RecurrentEmitter(SourceWriter writer, RecurrentPlan plan, int widthIndex, int block) : LayerEmitter
{
    private readonly string _cell = CellName(plan);
    private readonly string _shape = Shape((RecurrentPlan)plan.FromFirstParameter);
    private readonly string _sums = RecurrentSumsEmitter.TypeName(plan);
    private readonly string _lanes = VectorWidth.All[widthIndex].LaneType(block), _widest = FormattableString.Invariant($"Lanes{VectorWidth.All[widthIndex].Bits}");

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => writer.Write($"RecurrentStep.Forward<{_cell}, {_sums}>(ref {inputs[0]}, ref {scratch}, ref {output}, ref {Own(plan, "parameters")}, {_shape});");

    /// <summary>One frame needs no loop, and what is copied has lengths that the compiler knows.</summary>
    public override void EmitProcess(IReadOnlyList<string> inputs, string scratch, string output, string stream)
    {
        if (plan.Recurrent.Steps > 1)
        {
            writer.Write($"RecurrentStep.Process<{_cell}, {_sums}>(ref {inputs[0]}, ref {stream}, ref {scratch}, ref {output}, ref {Own(plan, "parameters")}, {_shape});");
            return;
        }

        string behind = FormattableString.Invariant($"Unsafe.Add(ref {scratch}, {plan.Recurrent.Sums * plan.Plane})");
        writer.Write($"{_sums}.OneFrame(ref {inputs[0]}, ref {stream}, ref {behind}, ref {scratch}, ref {Own(plan, "parameters")}, {_shape});");
        writer.Write($"Blocks.Copy(ref {behind}, ref {output}, {plan.Recurrent.Units});");
        writer.Write(FormattableString.Invariant($"Blocks.Copy(ref {behind}, ref {stream}, {plan.StreamLength});"));
    }

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitForward(inputs[0], sums, output, parameters, "false");

    public override void EmitTrainingForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitForward(inputs[0], sums, output, parameters, plan.Recurrent.IsStateful ? "true, carries: true" : "true");

    public override void EmitBackward(Func<View, string> reference)
    {
        GradientTarget target = plan.Views.InputGradient;
        string kept = reference(plan.Kept), dx = target.Gradient is { } gradient ? reference(gradient) : kept;
        string use = target.Gradient is null ? "None" : target.Adds ? "Added" : "Written";
        writer.Write($"Recurrent.Backward<{_cell}, {_sums}, {_lanes}>(ref {kept}, ref {reference(plan.Views.Incoming)}, ref {dx}, ref {reference(plan.Scratch)}, ref {Own(plan, "pass.Parameters")}, {_shape}, {block}, InputGradientUse.{use});");
    }

    public override void EmitUpdate(Func<View, string> reference)
        => writer.Write(!plan.LearnsWeights
            ? BiasUpdateCode.Once($"RecurrentUpdate.ApplyBiases<{_cell}, {_sums}, TRule>(ref {reference(plan.Kept)}, {plan.Kept.Stride}, ref {Own(plan, "pass.Parameters")}, ref {Own(plan, "pass.State")}, in rule, ref tile, {_shape}, {block}, pass.Count, TrainedLength);")
            : $"RecurrentUpdate.Apply<{_cell}, {_sums}, TRule, {_widest}>(ref {reference(plan.Views.Input)}, {plan.Views.Input.Stride}, ref {reference(plan.Kept)}, {plan.Kept.Stride}, ref {Own(plan, "pass.Parameters")}, ref {Own(plan, "pass.State")}, in rule, ref tile, part, parts, {_shape}, {block}, pass.Count, TrainedLength);");

    public override void EmitMethods(bool trains) => new RecurrentSumsEmitter(writer, plan, plan.Kernels[widthIndex], block).Emit(trains);

    /// <summary>A stretch takes the sums of the layer.</summary>
    public override void EmitProcessMethods()
    {
    }

    private void EmitForward(string input, string memory, string output, string parameters, string keeps)
        => writer.Write($"Recurrent.Forward<{_cell}, {_sums}, {_lanes}>(ref {input}, ref {memory}, ref {output}, ref {Own(plan, parameters)}, {_shape}, {block}, {keeps});");

    /// <summary>The name of the library's cell.</summary>
    public static string CellName(RecurrentPlan plan) => plan.Recurrent.Kind switch
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
