using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>sum = fma(weight, gradients, sum).</summary>
internal readonly ref struct AddGradientsPass : ILanesPass
{
    private readonly ref float _sum;
    private readonly ref float _gradients;
    private readonly float _weight;

    /// <summary>Creates the pass.</summary>
    /// <param name="sum">The sum, updated.</param>
    /// <param name="gradients">What is added.</param>
    /// <param name="weight">The factor on it.</param>
    public AddGradientsPass(ref float sum, ref float gradients, float weight)
    {
        _sum = ref sum;
        _gradients = ref gradients;
        _weight = weight;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nuint index)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Fma(TLanes.Create(_weight), TLanes.Load(ref _gradients, index), TLanes.Load(ref _sum, index))
            .Store(ref _sum, index);
}
