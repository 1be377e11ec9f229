using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>The types of planned layers, and what writes their C code.</summary>
internal static class LayerEmitterTable
{
    private static readonly Dictionary<Type, Func<CContext, LayerPlan, LayerEmitter>> Types = new()
    {
        [typeof(DensePlan)] = static (context, plan) => new DenseEmitter(context, (DensePlan)plan),
        [typeof(ConvPlan)] = static (context, plan) => new ConvEmitter(context, (ConvPlan)plan),
        [typeof(PoolPlan)] = static (context, plan) => ((PoolPlan)plan).Pool.Kind == Description.PoolKind.Max
            ? new MaxPoolEmitter(context, (PoolPlan)plan)
            : new AveragePoolEmitter(context, (PoolPlan)plan),
        [typeof(ConvTransposePlan)] = static (context, plan) => new ConvTransposeEmitter(context, (ConvTransposePlan)plan),
        [typeof(RecurrentPlan)] = static (context, plan) => new RecurrentEmitter(context, (RecurrentPlan)plan),
        [typeof(ResamplePlan)] = static (context, plan) => new ResampleEmitter(context, (ResamplePlan)plan),
        [typeof(SoftmaxPlan)] = static (context, plan) => new SoftmaxEmitter(context, (SoftmaxPlan)plan),
        [typeof(LayerNormPlan)] = static (context, plan) => new LayerNormEmitter(context, (LayerNormPlan)plan),
        [typeof(BatchNormPlan)] = static (context, plan) => new BatchNormEmitter(context, (BatchNormPlan)plan),
        [typeof(NormalizationPlan)] = static (context, plan) => new NormalizationEmitter(context, (NormalizationPlan)plan),
        [typeof(ScalePlan)] = static (context, plan) => new ScaleEmitter(context, (ScalePlan)plan),
        [typeof(PReluPlan)] = static (context, plan) => new PReluEmitter(context, (PReluPlan)plan),
        [typeof(DropoutPlan)] = static (context, plan) => new DropoutEmitter(context, (DropoutPlan)plan),
        [typeof(ActivationPlan)] = static (context, plan) => new ActivationEmitter(context, (ActivationPlan)plan),
        [typeof(AddPlan)] = static (context, plan) => new AddEmitter(context, (AddPlan)plan),
        [typeof(MultiplyPlan)] = static (context, plan) => new MultiplyEmitter(context, (MultiplyPlan)plan),
        [typeof(ConcatPlan)] = static (context, plan) => new ConcatEmitter(context, (ConcatPlan)plan),
    };

    /// <summary>Whether a layer has C code.</summary>
    public static bool Has(LayerPlan plan) => Types.ContainsKey(plan.GetType());

    /// <summary>The emitter of a layer.</summary>
    /// <param name="context">What is written.</param>
    /// <param name="plan">The layer.</param>
    public static LayerEmitter Create(CContext context, LayerPlan plan)
        => Types.TryGetValue(plan.GetType(), out Func<CContext, LayerPlan, LayerEmitter>? create)
            ? create(context, plan)
            : throw new ArgumentException($"There is no C code for {plan.Name}.", nameof(plan));
}
