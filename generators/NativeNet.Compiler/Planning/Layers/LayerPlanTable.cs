using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>The types of layers that compute, and what plans them.</summary>
internal static class LayerPlanTable
{
    private static readonly Dictionary<Type, Func<LayerSpec, LayerSite, LayerPlan>> Types = new()
    {
        [typeof(DenseSpec)] = static (layer, site) => layer is DenseSpec { IsOverFrames: true } dense
            ? ConvPlanner.Create(dense, dense.ToConvolution(), site)
            : DensePlanner.Create((DenseSpec)layer, site),
        [typeof(ConvSpec)] = static (layer, site) => ConvPlanner.Create(layer, (ConvSpec)layer, site),
        [typeof(ConvTransposeSpec)] = static (layer, site) => new ConvTransposePlan((ConvTransposeSpec)layer, site.ViewsOf(layer), site.TensorsOf(layer)),
        [typeof(RecurrentSpec)] = static (layer, site) => RecurrentPlan.Create((RecurrentSpec)layer, site),
        [typeof(PoolSpec)] = static (layer, site) => new PoolPlan((PoolSpec)layer, site.ViewsOf(layer), site.Planner.Share),
        [typeof(ResampleSpec)] = static (layer, site) => new ResamplePlan((ResampleSpec)layer, site.ViewsOf(layer), site.Planner.Share),
        [typeof(SoftmaxSpec)] = static (layer, site) => new SoftmaxPlan((SoftmaxSpec)layer, site.ViewsOf(layer), site.Planner.Share),
        [typeof(LayerNormSpec)] = static (layer, site) => new LayerNormPlan((LayerNormSpec)layer, site.ViewsOf(layer), site.TensorsOf(layer), site.Planner.Share),
        [typeof(BatchNormSpec)] = static (layer, site) => new BatchNormPlan(
            (BatchNormSpec)layer, site.ViewsOf(layer), site.TensorsOf(layer), site.Planner.Share, site.Target.Align(layer.Input.Channels), site.Planner.AppliedBy(layer)),
        [typeof(PReluSpec)] = static (layer, site) => new PReluPlan((PReluSpec)layer, site.ViewsOf(layer), site.TensorsOf(layer), site.Planner.Share),
        [typeof(DropoutSpec)] = static (layer, site) => new DropoutPlan((DropoutSpec)layer, site.ViewsOf(layer), site.Planner.Share),
        [typeof(NormalizationSpec)] = static (layer, site) => new NormalizationPlan(
            (NormalizationSpec)layer, site.ViewsOf(layer), site.TensorsOf(layer), site.Planner.Share),
        [typeof(ScaleSpec)] = static (layer, site) => new ScalePlan((ScaleSpec)layer, site.ViewsOf(layer), site.Planner.Share),
        [typeof(ActivationLayerSpec)] = static (layer, site) => new ActivationPlan((ActivationLayerSpec)layer, site.ViewsOf(layer)),
        [typeof(AddSpec)] = static (layer, site) => new AddPlan((AddSpec)layer, site.ViewsOf(layer)),
        [typeof(MultiplySpec)] = static (layer, site) => new MultiplyPlan((MultiplySpec)layer, site.ViewsOf(layer), site.Planner.Share),
        [typeof(ConcatSpec)] = static (layer, site) => new ConcatPlan((ConcatSpec)layer, site.ViewsOf(layer)),
    };

    /// <summary>The plan of a layer.</summary>
    /// <param name="layer">A checked layer that is no view.</param>
    /// <param name="site">What surrounds it.</param>
    public static LayerPlan Create(LayerSpec layer, LayerSite site)
        => Types.TryGetValue(layer.GetType(), out Func<LayerSpec, LayerSite, LayerPlan>? create)
            ? create(layer, site)
            : throw new ArgumentException($"There is no plan for a {layer.Type} layer.", nameof(layer));
}
