using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Updates the biases of a layer whose weights are frozen, one for all positions of a channel; one share takes all of them.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
/// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
internal sealed class BiasRunner<TLanes>(LayerPlan plan, int block, int length)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly nuint _positions = (nuint)plan.Spec.Output.Positions, _channels = (nuint)plan.Spec.Output.Channels, _biases = (nuint)plan.Tensor("bias").Offset;

    /// <summary>That of a layer; null where its weights learn too, or nothing does.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="block">The samples of a block.</param>
    /// <param name="length">The floats of the parameter buffer that are trained.</param>
    public static BiasRunner<TLanes>? Of(LayerPlan plan, int block, int length)
        => plan.Learns && !plan.LearnsWeights ? new BiasRunner<TLanes>(plan, block, length) : null;

    /// <summary>A share of the update.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="gradient">The gradient of the sums.</param>
    /// <param name="memory">The memory of the call.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="part">The share.</param>
    public void Update<TRule>(Place gradient, in RunMemory memory, in TRule rule, PhasePart part)
        where TRule : struct, IUpdateRule<TRule>
    {
        if (part.First != part.Count - 1)
            return;

        BiasUpdate.Apply<TRule, TLanes>(
            in rule, ref gradient.In(memory), new ChannelBatch(_positions, _channels, (nuint)block, memory.Samples), ref memory.Scratch,
            ref memory.Parameters, ref memory.State, _biases, (nuint)length);
    }
}
