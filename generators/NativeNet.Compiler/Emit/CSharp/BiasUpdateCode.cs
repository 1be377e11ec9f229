using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>The calls that update biases alone; they are few, and one share takes all of them.</summary>
internal static class BiasUpdateCode
{
    /// <summary>Of a layer with one bias for all positions of a channel.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="lanes">The lanes over the samples of a block.</param>
    /// <param name="block">The samples of a block.</param>
    /// <param name="reference">The reference to a value of the whole batch.</param>
    public static string OfChannels(LayerPlan plan, string lanes, int block, Func<View, string> reference)
        => Once(FormattableString.Invariant($"BiasUpdate.Apply<TRule, {lanes}>(in rule, ref {reference(plan.SumGradient)}, new ChannelBatch({plan.Spec.Output.Positions}, {plan.Spec.Output.Channels}, {block}, pass.Samples), ref tile, ref pass.Parameters, ref pass.State, {plan.Tensor("bias").Offset}, TrainedLength);"));

    /// <summary>Of a layer whose gradients lie in rows.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="reference">The reference to a value of the whole batch.</param>
    public static string OfRows(DensePlan plan, Func<View, string> reference)
        => Once(FormattableString.Invariant($"BiasUpdate.ApplyRows(in rule, ref {reference(plan.SumGradient)}, {plan.SumGradient.Stride}, {plan.Bias!.Matrix.PaddedColumns}, pass.Count, ref pass.Parameters, ref pass.State, {plan.Bias.Offset}, TrainedLength);"));

    /// <summary>A statement for one share of an update.</summary>
    /// <param name="statement">What is done.</param>
    public static string Once(string statement) => "if (part == parts - 1)\n    " + statement;
}
