using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>Writes a dense layer: its parts are in the files beside this one.</summary>
internal sealed class DenseEmitter(SourceWriter writer, DensePlan plan, int widthIndex, int block) : LayerEmitter
{
    private readonly DenseKernels _kernels = plan.Kernels[widthIndex];

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => writer.Write($"{plan.Name}Single(ref {inputs[0]}, ref {Own(plan, "parameters")}, {Sums(output)}ref {output});");

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write($"{plan.Name}Forward(ref {inputs[0]}, ref {Own(plan, parameters)}, {Sums(sums)}ref {output}, {count});");

    public override void EmitBackward(Func<View, string> reference)
    {
        string kept = plan.TakesActivationBack ? $"ref {reference(plan.Views.Kept)}, " : "";
        writer.Write($"{plan.Name}ActivationBackward(ref {reference(plan.Views.Incoming)}, {kept}ref {reference(plan.Gradient)}, count);");
        if (plan.Views.InputGradient.Gradient is { } target)
            writer.Write($"{plan.Name}InputGradient(ref {reference(plan.Views.Incoming)}, ref {Own(plan, "pass.Parameters")}, ref {reference(target)}, count);");
    }

    public override void EmitUpdate(Func<View, string> reference)
        => writer.Write(!plan.LearnsWeights
            ? BiasUpdateCode.OfRows(plan, reference)
            : $"{plan.Name}Update(ref {reference(plan.Views.Input)}, ref {reference(plan.Gradient)}, ref {Own(plan, "pass.Parameters")}, ref {Own(plan, "pass.State")}, in rule, ref tile, WorkRange.Of({plan.Dense.Inputs}, {plan.UpdateGrain(widthIndex)}, part, parts), pass.Count);");

    public override void EmitProcessMethods() => new DenseForwardEmitter(writer, plan, _kernels).EmitOneSample();

    public override void EmitMethods(bool trains)
    {
        new DenseForwardEmitter(writer, plan, _kernels).Emit();
        if (!trains || !plan.Views.IsOnTheWayBack)
            return;

        new DenseActivationBackwardEmitter(writer, plan, _kernels.TransposeBlock, block).Emit();
        if (plan.Views.InputGradient.Gradient is not null)
            new DenseInputGradientEmitter(writer, plan, _kernels, block).Emit();
        if (plan.LearnsWeights)
            new DenseUpdateEmitter(writer, plan, _kernels).Emit();
    }

    /// <summary>The argument for the place of the sums, where they are kept.</summary>
    private string Sums(string place) => plan.Views.Sums is null ? "" : $"ref {place}, ";
}
