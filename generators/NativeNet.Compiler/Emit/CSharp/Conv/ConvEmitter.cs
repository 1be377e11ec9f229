using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>Writes a convolution: its parts are in the files beside this one.</summary>
internal sealed class ConvEmitter(SourceWriter writer, ConvPlan plan, int widthIndex, int block) : LayerEmitter
{
    private readonly ConvKernels _kernels = plan.Kernels[widthIndex];

    private bool Activates => plan.Conv.Activation.Kind != ActivationKind.None;

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => writer.Write($"{plan.Name}Single(ref {inputs[0]}, ref {Own(plan, "parameters")}, ref {output});");

    public override void EmitProcess(IReadOnlyList<string> inputs, string scratch, string output, string stream)
        => writer.Write($"{plan.Name}Process(ref {inputs[0]}, ref {Own(plan, "parameters")}, ref {stream}, ref {output});");

    public override void EmitProcessMethods()
    {
        if (plan.History is null)
            EmitOneSample();
        else
            new ConvProcessEmitter(writer, plan, _kernels.Single).Emit();
    }

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write($"{plan.Name}Forward(ref {inputs[0]}, ref {Own(plan, parameters)}, {(plan.Views.Sums is null ? "" : $"ref {sums}, ")}ref {output});");

    public override void EmitBackward(Func<View, string> reference)
    {
        if (Activates)
            writer.Write($"{plan.Name}ActivationBackward(ref {reference(plan.Views.Kept)}, ref {reference(plan.Views.Incoming)});");
        if (plan.Views.InputGradient.Gradient is { } target)
            writer.Write($"{plan.Name}InputGradient(ref {reference(plan.Views.Incoming)}, ref {Own(plan, "pass.Parameters")}, ref {reference(target)});");
    }

    public override void EmitUpdate(Func<View, string> reference)
        => writer.Write(!plan.LearnsWeights
            ? BiasUpdateCode.OfChannels(plan, VectorWidth.All[widthIndex].LaneType(block), block, reference)
            : $"{plan.Name}Update(ref {reference(plan.Views.Input)}, ref {reference(plan.Views.Incoming)}, ref {Own(plan, "pass.Parameters")}, ref {Own(plan, "pass.State")}, in rule, ref tile, WorkRange.Of({plan.TilesOfProducts(_kernels.WeightGradient)}, 1, part, parts), pass.Samples);");

    public override void EmitMethods(bool trains)
    {
        if (!plan.IsInside || (trains && (plan.Views.InputGradient.Gradient is not null || (plan.LearnsWeights && !plan.HasWholeRows))))
            EmitWindow(plan);
        if (plan.OverLongRows is { HasLongRows: true, IsInside: false } rows)
            EmitWindow(rows);

        new ConvForwardEmitter(writer, plan, _kernels.Forward, block).Emit();
        EmitOneSample();
        if (!trains || !plan.Views.IsOnTheWayBack)
            return;

        if (Activates)
            EmitActivationBackward();
        if (plan.Views.InputGradient.Gradient is not null)
            new ConvInputGradientEmitter(writer, plan, _kernels.InputGradient, block).Emit();
        if (plan.LearnsWeights)
            new ConvUpdateEmitter(writer, plan, _kernels.WeightGradient, block).Emit();
    }

    private void EmitOneSample() => new ConvSingleEmitter(writer, plan.OverLongRows, _kernels.Single).Emit();

    private void EmitWindow(ConvPlan walked)
    {
        writer.Blank();
        writer.Write($"private static readonly Window2D {walked.WindowName} = {Literal.Of(walked.Conv.Window)};");
    }

    private void EmitActivationBackward()
    {
        string kept = plan.Views.Sums is null ? "y" : "z";
        Tile tile = _kernels.Forward;
        writer.Blank();
        writer.Write($"// {plan.Name} activation backward: ∂z = ∂y · f'(z), in place.");
        using (writer.BeginBlock($"internal static void {plan.Name}ActivationBackward(ref float {kept}, ref float gradient)"))
        using (writer.BeginBlock($"for (nuint i = 0; i < {plan.Conv.Output.Length * block}; i += {tile.Lanes})"))
        {
            string values = $"{tile.LaneType}.Load(ref {kept}, i)", gradients = $"{tile.LaneType}.Load(ref gradient, i)";
            writer.Write($"{ActivationCode.Backward(plan.Conv.Activation, tile.LaneType, values, gradients)}.Store(ref gradient, i);");
        }
    }
}
