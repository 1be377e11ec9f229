using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Layers;

/// <summary>The plans of layers, and what runs them.</summary>
/// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
internal static class LayerRunnerTable<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private delegate LayerRunner Factory(LayerPlan plan, int block, int length);

    private static readonly Dictionary<Type, Factory> Types = new()
    {
        [typeof(DensePlan)] = static (plan, block, length) => new DenseRunner<TLanes>((DensePlan)plan, block, length),
        [typeof(ConvPlan)] = static (plan, block, length) => new ConvRunner<TLanes>((ConvPlan)plan, block, length),
        [typeof(ConvTransposePlan)] = static (plan, block, length) => new ConvTransposeRunner<TLanes>((ConvTransposePlan)plan, block, length),
        [typeof(RecurrentPlan)] = static (plan, block, length) => RecurrentRunner.Create<TLanes>((RecurrentPlan)plan, block, length),
        [typeof(PoolPlan)] = static (plan, block, _) => new PoolRunner<TLanes>((PoolPlan)plan, block),
        [typeof(ResamplePlan)] = static (plan, block, _) => new ResampleRunner<TLanes>((ResamplePlan)plan, block),
        [typeof(SoftmaxPlan)] = static (plan, block, _) => new SoftmaxRunner<TLanes>((SoftmaxPlan)plan, block),
        [typeof(LayerNormPlan)] = static (plan, block, length) => new LayerNormRunner<TLanes>((LayerNormPlan)plan, block, length),
        [typeof(PReluPlan)] = static (plan, block, length) => new PReluRunner<TLanes>((PReluPlan)plan, block, length),
        [typeof(NormalizationPlan)] = static (plan, block, _) => new NormalizationRunner<TLanes>((NormalizationPlan)plan, block),
        [typeof(ScalePlan)] = static (plan, block, _) => new ScaleRunner<TLanes>((ScalePlan)plan, block),
        [typeof(BatchNormPlan)] = static (plan, block, length) => ((BatchNormPlan)plan).Activation.Kind == ActivationKind.Relu
            ? new BatchNormRunner<ReluActivation, TLanes>((BatchNormPlan)plan, block, length)
            : new BatchNormRunner<NoActivation, TLanes>((BatchNormPlan)plan, block, length),
        [typeof(DropoutPlan)] = static (plan, block, _) => new DropoutRunner<TLanes>((DropoutPlan)plan, block),
        [typeof(ActivationPlan)] = static (plan, block, _) => new ActivationRunner<TLanes>((ActivationPlan)plan, block),
        [typeof(AddPlan)] = static (plan, block, _) => new AddRunner<TLanes>((AddPlan)plan, block),
        [typeof(MultiplyPlan)] = static (plan, block, _) => new MultiplyRunner<TLanes>((MultiplyPlan)plan, block),
        [typeof(ConcatPlan)] = static (plan, block, _) => new ConcatRunner<TLanes>((ConcatPlan)plan, block),
    };

    /// <summary>The runner of a layer.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="block">The samples of a block.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static LayerRunner Create(LayerPlan plan, int block, int length)
        => Types.TryGetValue(plan.GetType(), out Factory? create)
            ? create(plan, block, length)
            : throw new ArgumentException($"There is no runner for {plan.Name}.", nameof(plan));
}
