using NativeNet.Compiler.Emit.CSharp.Conv;
using NativeNet.Compiler.Emit.CSharp.Dense;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>The plans of layers, and what prints them.</summary>
internal static class LayerEmitterTable
{
    private delegate LayerEmitter Factory(SourceWriter writer, LayerPlan plan, int widthIndex, int block);

    private static readonly Dictionary<Type, Factory> Types = new()
    {
        [typeof(DensePlan)] = static (writer, plan, width, block) => new DenseEmitter(writer, (DensePlan)plan, width, block),
        [typeof(ConvPlan)] = static (writer, plan, width, block) => new ConvEmitter(writer, (ConvPlan)plan, width, block),
        [typeof(ConvTransposePlan)] = static (writer, plan, width, block) => new ConvTransposeEmitter(writer, (ConvTransposePlan)plan, VectorWidth.All[width], block),
        [typeof(RecurrentPlan)] = static (writer, plan, width, block) => new RecurrentEmitter(writer, (RecurrentPlan)plan, width, block),
        [typeof(PoolPlan)] = static (writer, plan, width, block) => new LibraryEmitter(writer, (LibraryPlan)plan, VectorWidth.All[width], block),
        [typeof(ResamplePlan)] = static (writer, plan, width, block) => new LibraryEmitter(writer, (LibraryPlan)plan, VectorWidth.All[width], block),
        [typeof(SoftmaxPlan)] = static (writer, plan, width, block) => new LibraryEmitter(writer, (LibraryPlan)plan, VectorWidth.All[width], block),
        [typeof(LayerNormPlan)] = static (writer, plan, width, block) => new LibraryEmitter(writer, (LibraryPlan)plan, VectorWidth.All[width], block),
        [typeof(PReluPlan)] = static (writer, plan, width, block) => new LibraryEmitter(writer, (LibraryPlan)plan, VectorWidth.All[width], block),
        [typeof(NormalizationPlan)] = static (writer, plan, width, block) => new LibraryEmitter(writer, (LibraryPlan)plan, VectorWidth.All[width], block),
        [typeof(ScalePlan)] = static (writer, plan, width, block) => new ScaleEmitter(writer, (ScalePlan)plan, VectorWidth.All[width], block),
        [typeof(BatchNormPlan)] = static (writer, plan, width, block) => new BatchNormEmitter(writer, (BatchNormPlan)plan, VectorWidth.All[width], block),
        [typeof(DropoutPlan)] = static (writer, plan, width, block) => new DropoutEmitter(writer, (DropoutPlan)plan, VectorWidth.All[width], block),
        [typeof(ActivationPlan)] = static (writer, plan, width, block) => new ActivationEmitter(writer, (ActivationPlan)plan, VectorWidth.All[width], block),
        [typeof(AddPlan)] = static (writer, plan, width, block) => new AddEmitter(writer, (AddPlan)plan, VectorWidth.All[width], block),
        [typeof(MultiplyPlan)] = static (writer, plan, width, block) => new MultiplyEmitter(writer, (MultiplyPlan)plan, VectorWidth.All[width], block),
        [typeof(ConcatPlan)] = static (writer, plan, width, block) => new ConcatEmitter(writer, (ConcatPlan)plan, VectorWidth.All[width], block),
    };

    /// <summary>The emitter of a layer.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="plan">The layer.</param>
    /// <param name="widthIndex">The width's place in <see cref="VectorWidth.All"/>.</param>
    /// <param name="block">The samples of a block.</param>
    public static LayerEmitter Create(SourceWriter writer, LayerPlan plan, int widthIndex, int block)
        => Types.TryGetValue(plan.GetType(), out Factory? create)
            ? create(writer, plan, widthIndex, block)
            : throw new ArgumentException($"There is no emitter for {plan.Name}.", nameof(plan));
}
