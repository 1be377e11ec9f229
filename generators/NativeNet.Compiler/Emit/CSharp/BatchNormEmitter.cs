using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes a batch normalization: by running averages in prediction, in training by sums that the rows wait for.</summary>
internal sealed class BatchNormEmitter(SourceWriter writer, BatchNormPlan plan, VectorWidth width, int block) : LayerEmitter
{
    /// <summary>The channels that an update is cut at, whole vectors.</summary>
    private const int UpdateGrain = 16;

    /// <summary>The channels that sums are cut at: a few lines of memory.</summary>
    private const int SumGrain = 4;

    private readonly string _shape = Shape(plan);
    private readonly string _lanes = width.LaneType(block);
    private readonly string _activation = plan.Activation.Kind == ActivationKind.Relu ? "ReluActivation" : "NoActivation";
    private readonly string _statistics = plan.Statistics is { } statistics ? $"Unsafe.Add(ref workspace, {statistics.Buffer})" : "";

    /// <summary>The call that moves the running averages.</summary>
    public static string RunningAverages(BatchNormPlan plan)
        => $"BatchNorm.UpdateRunningAverages(in workspace[{plan.Statistics!.Buffer}], ref MemoryMarshal.GetReference(parameters), {Shape(plan)});";

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => writer.Write($"BatchNorm.Forward<{_activation}, Lanes{width.Bits}>(ref {inputs[0]}, ref {output}, ref parameters, {_shape}, 1);");

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write(plan.IsOverRows
            ? $"BatchNormRows.Forward<{_activation}, Lanes{width.Bits}>(ref {inputs[0]}, ref {output}, {plan.Views.Output.Stride}, ref {parameters}, {_shape}, {count});"
            : $"BatchNorm.Forward<{_activation}, {_lanes}>(ref {inputs[0]}, ref {output}, ref {parameters}, {_shape}, {block});");

    public override void EmitTrainingForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write(plan.IsOverRows
            ? $"BatchNormRows.TrainingForward<{_activation}, Lanes{width.Bits}>(ref {inputs[0]}, ref {output}, {plan.Views.Output.Stride}, ref {parameters}, ref {_statistics}, {_shape}, {count});"
            : $"BatchNorm.TrainingForward<{_activation}, {_lanes}>(ref {inputs[0]}, ref {output}, ref {parameters}, ref {_statistics}, {_shape}, {block});");

    public override void EmitStatistics(Func<View, string> reference, bool isBackward)
    {
        string x = reference(plan.Summed), share = Share(SumGrain);
        writer.Write(isBackward
            ? $"BatchNorm.GradientStatistics<{_activation}, {_lanes}>(ref {x}, ref {reference(plan.Views.Incoming)}, ref pass.Parameters, ref {_statistics}, {_shape}, {block}, pass.Samples, {share});"
            : $"BatchNorm.Statistics<{_lanes}>(ref {x}, ref {_statistics}, {_shape}, {block}, pass.Samples, {share});");
    }

    public override void EmitBackward(Func<View, string> reference)
    {
        string result = reference(plan.Result);
        writer.Write(plan.Norm.IsFixed
            ? $"BatchNorm.FixedBackward<{_lanes}>(ref {reference(plan.Views.Incoming)}, ref {result}, ref pass.Parameters, {_shape}, {block});"
            : $"BatchNorm.Backward<{_activation}, {_lanes}>(ref {reference(plan.Summed)}, ref {reference(plan.Views.Incoming)}, ref {result}, ref pass.Parameters, ref {_statistics}, {_shape}, {block}, pass.Count);");
        if (plan.Views.InputGradient is { Adds: true, Gradient: { } target })
            writer.Write($"Blocks.Add<{_lanes}>(ref {reference(target)}, ref {result}, {target.Stride * block});");
    }

    public override void EmitUpdate(Func<View, string> reference)
        => writer.Write(plan.Norm.IsFixed
            ? BiasUpdateCode.OfChannels(plan, _lanes, block, reference)
            : $"BatchNorm.Update<TRule, Lanes{width.Bits}>(ref {_statistics}, ref pass.Parameters, ref pass.State, in rule, {_shape}, {Share(UpdateGrain)}, TrainedLength);");

    public override void EmitMethods(bool trains)
    {
    }

    private string Share(int grain) => FormattableString.Invariant($"WorkRange.Of({plan.Norm.Input.Channels}, {grain}, part, parts)");

    private static string Shape(BatchNormPlan plan) => FormattableString.Invariant(
        $"new BatchNormShape({plan.Norm.Input.Positions}, {plan.Norm.Input.Channels}, {plan.Tensor("weight").Offset}, {plan.Tensor("bias").Offset}, {plan.Tensor("running_mean").Offset}, {plan.Tensor("running_var").Offset}, {Literal.Of(plan.Norm.Momentum)}, {Literal.Of(plan.Norm.Epsilon)})");
}
