using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs fixed factors, in both directions.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class ScaleRunner<TLanes>(ScalePlan plan, int block) : LibraryRunner<TLanes>(plan, block)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly float[] _factors = plan.PaddedFactors(Scale.FactorsAlignment);

    protected override RowsCall Forward(Place input, Place output, int samples)
    {
        if (plan.HasOneFactor)
        {
            nuint length = (nuint)(plan.Spec.Input.Length * samples);
            return (in RunMemory memory) => Scale.Apply<TLanes>(ref input.In(memory), ref output.In(memory), _factors[0], length);
        }

        (int positions, int channels) = (plan.Spec.Input.Positions, plan.Spec.Input.Channels);
        return (in RunMemory memory) => Scale.Apply<TLanes>(ref input.In(memory), ref output.In(memory), _factors, positions, channels, samples);
    }

    protected override RowsCall BackwardTo(Place result, Func<View, Place> place) => Forward(place(plan.Views.Incoming), result, Block);
}
