using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes a batch normalization: by running averages in prediction, in training by sums that the rows wait for.</summary>
internal sealed class BatchNormEmitter(SourceWriter writer, LibraryPlan plan, BatchNormSpec norm, VectorWidth width, int block) : LayerEmitter
{
    private const int ChannelGrain = 16;

    private readonly string _shape = Shape(plan, norm);
    private readonly string _lanes = width.LaneType(block);
    private readonly string _statistics = $"Unsafe.Add(ref workspace, {plan.Statistics})";
    private readonly string _share = FormattableString.Invariant($"WorkRange.Of({norm.Input.Channels}, {ChannelGrain}, part, parts)");

    /// <summary>The call that moves the running averages.</summary>
    public static string RunningAverages(LibraryPlan plan, BatchNormSpec norm)
        => $"BatchNorm.UpdateRunningAverages(in workspace[{plan.Statistics}], ref MemoryMarshal.GetReference(parameters), {Shape(plan, norm)});";

    public override void EmitSingle(IReadOnlyList<string> inputs, string output)
        => writer.Write($"BatchNorm.Forward<Lanes{width.Bits}>(ref {inputs[0]}, ref {output}, ref parameters, {_shape}, 1);");

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write($"BatchNorm.Forward<{_lanes}>(ref {inputs[0]}, ref {output}, ref {parameters}, {_shape}, {block});");

    public override void EmitTrainingForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write($"BatchNorm.TrainingForward<{_lanes}>(ref {inputs[0]}, ref {output}, ref {parameters}, ref {_statistics}, {_shape}, {block});");

    public override void EmitStatistics(Func<Value, string> reference, bool isBackward)
    {
        string x = reference(plan.Wires.Input);
        writer.Write(isBackward
            ? $"BatchNorm.GradientStatistics<{_lanes}>(ref {x}, ref {reference(plan.Wires.Incoming)}, ref {_statistics}, {_shape}, {block}, pass.Count, {_share});"
            : $"BatchNorm.Statistics<{_lanes}>(ref {x}, ref {_statistics}, {_shape}, {block}, pass.Count, {_share});");
    }

    public override void EmitBackward(Func<Value, string> reference)
    {
        if (plan.Wires.InputGradient.Gradient is not { } target)
            return;

        string result = reference(plan.Wires.InputGradient.Adds ? plan.Share! : target);
        writer.Write($"BatchNorm.Backward<{_lanes}>(ref {reference(plan.Wires.Input)}, ref {reference(plan.Wires.Incoming)}, ref {result}, ref pass.Parameters, ref {_statistics}, {_shape}, {block}, pass.Count);");
        if (plan.Wires.InputGradient.Adds)
            writer.Write($"Blocks.Add<{_lanes}>(ref {reference(target)}, ref {result}, {target.Stride * block});");
    }

    public override void EmitUpdate(Func<Value, string> reference)
        => writer.Write($"BatchNorm.Update<TRule, Lanes{width.Bits}>(ref {_statistics}, ref pass.Parameters, ref pass.State, in rule, {_shape}, {_share}, ParametersLength);");

    public override void EmitMethods()
    {
    }

    private static string Shape(LibraryPlan plan, BatchNormSpec norm) => FormattableString.Invariant(
        $"new BatchNormShape({norm.Input.Positions}, {norm.Input.Channels}, {plan.Offset("weight")}, {plan.Offset("bias")}, {plan.Offset("running_mean")}, {plan.Offset("running_var")}, {Literal.Of(norm.Momentum)}, {Literal.Of(norm.Epsilon)})");
}
