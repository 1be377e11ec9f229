using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>gradients = gradients / divisor.</summary>
internal readonly ref struct DivideGradientsPass : ILanesPass
{
    private readonly ref float _gradients;
    private readonly float _divisor;

    /// <summary>Creates the pass.</summary>
    /// <param name="gradients">The dividends, updated.</param>
    /// <param name="divisor">The divisor.</param>
    public DivideGradientsPass(ref float gradients, float divisor)
    {
        _gradients = ref gradients;
        _divisor = divisor;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nuint index)
        where TLanes : struct, ILanes<TLanes>
        => (TLanes.Load(ref _gradients, index) / TLanes.Create(_divisor)).Store(ref _gradients, index);
}
