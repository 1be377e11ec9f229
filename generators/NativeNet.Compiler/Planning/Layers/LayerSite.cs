using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>What surrounds a layer that is planned.</summary>
/// <param name="Network">The network.</param>
/// <param name="Target">What code is made for.</param>
/// <param name="Planner">Where values lie.</param>
/// <param name="Parameters">Where parameters lie.</param>
/// <param name="StretchFrames">Of a network over a stretch of a signal that goes on, the most frames of a stretch; else 0.</param>
internal sealed record LayerSite(
    NetworkSpec Network, Target Target, ViewPlanner Planner, ParameterLayout Parameters, int StretchFrames = 0)
{
    /// <summary>The samples of a block.</summary>
    public int BlockSize => Target.BlockSize(Network);

    /// <summary>The values that a layer reads and writes.</summary>
    public LayerViews ViewsOf(LayerSpec layer) => Planner.ViewsOf(layer);

    /// <summary>A layer's parameters.</summary>
    public EquatableArray<ParameterTensor> TensorsOf(LayerSpec layer)
        => new([.. Parameters.Tensors.Where(tensor => tensor.LayerIndex == layer.Index)]);
}
