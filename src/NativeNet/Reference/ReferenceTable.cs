using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>The types of layers that compute, and what computes them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class ReferenceTable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Dictionary<Type, Func<LayerSpec, int, ReferenceLayer<T>>> Types = new()
    {
        [typeof(DenseSpec)] = static (spec, offset) => spec is DenseSpec { IsOverFrames: true } dense
            ? new ReferenceConv<T>(dense.ToConvolution(), offset)
            : new ReferenceDense<T>((DenseSpec)spec, offset),
        [typeof(ConvSpec)] = static (spec, offset) => new ReferenceConv<T>((ConvSpec)spec, offset),
        [typeof(ConvTransposeSpec)] = static (spec, offset) => new ReferenceConvTranspose<T>((ConvTransposeSpec)spec, offset),
        [typeof(RecurrentSpec)] = static (spec, offset) => new ReferenceRecurrent<T>((RecurrentSpec)spec, offset),
        [typeof(PoolSpec)] = static (spec, _) => spec is PoolSpec { Kind: PoolKind.Max } max
            ? new ReferenceMaxPool<T>(max)
            : new ReferenceAveragePool<T>((PoolSpec)spec),
        [typeof(ResampleSpec)] = static (spec, _) => new ReferenceResample<T>((ResampleSpec)spec),
        [typeof(SoftmaxSpec)] = static (spec, _) => new ReferenceSoftmax<T>((SoftmaxSpec)spec),
        [typeof(LayerNormSpec)] = static (spec, offset) => new ReferenceLayerNorm<T>((LayerNormSpec)spec, offset),
        [typeof(BatchNormSpec)] = static (spec, offset) => new ReferenceBatchNorm<T>((BatchNormSpec)spec, offset),
        [typeof(DropoutSpec)] = static (spec, _) => new ReferenceDropout<T>((DropoutSpec)spec),
        [typeof(ActivationLayerSpec)] = static (spec, _) => new ReferenceActivationLayer<T>((ActivationLayerSpec)spec),
        [typeof(PReluSpec)] = static (spec, offset) => new ReferencePRelu<T>((PReluSpec)spec, offset),
        [typeof(NormalizationSpec)] = static (spec, offset) => new ReferenceNormalization<T>((NormalizationSpec)spec, offset),
        [typeof(ScaleSpec)] = static (spec, _) => new ReferenceScale<T>((ScaleSpec)spec),
        [typeof(AddSpec)] = static (spec, _) => new ReferenceAdd<T>((AddSpec)spec),
        [typeof(MultiplySpec)] = static (spec, _) => new ReferenceMultiply<T>((MultiplySpec)spec),
        [typeof(ConcatSpec)] = static (spec, _) => new ReferenceConcat<T>((ConcatSpec)spec),
    };

    /// <summary>The layer of a specification.</summary>
    /// <param name="spec">A checked layer that is no view.</param>
    /// <param name="offset">Where its tensors begin among the row-major parameters.</param>
    public static ReferenceLayer<T> Create(LayerSpec spec, int offset)
        => Types.TryGetValue(spec.GetType(), out Func<LayerSpec, int, ReferenceLayer<T>>? create)
            ? create(spec, offset)
            : throw new ArgumentException($"The reference has no {spec.GetType().Name}.", nameof(spec));
}
