using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a layer whose kernels are the library's: they are told its shape, whoever calls them.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal abstract class LibraryRunner<TLanes>(LibraryPlan plan, int block) : LayerRunner
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>The channels that a share of an update is cut at: what the library's kernels gather before they update.</summary>
    protected const int UpdateGrain = 16;

    private readonly int _inputs = plan.Spec.Input.Length;

    /// <summary>The samples of a block.</summary>
    protected int Block => block;

    public override RowsCall Single(Place[] inputs, Place scratch, Place output) => Forward(inputs[0], output, samples: 1);

    public override RowsCall Forward(Place[] inputs, Place sums, Place output) => Forward(inputs[0], output, block);

    public override RowsCall Backward(Func<View, Place> place)
    {
        Place result = place(plan.Result);
        RowsCall backward = BackwardTo(result, place);
        if (plan.Views.InputGradient is not { Adds: true, Gradient: { } gradient })
            return backward;

        Place sum = place(gradient);
        return (in RunMemory memory) =>
        {
            backward(memory);
            Blocks.Add<TLanes>(ref sum.In(memory), ref result.In(memory), (nuint)(_inputs * block));
        };
    }

    /// <summary>The forward pass of a block, or of one sample, which is a block of one.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="output">The outputs.</param>
    /// <param name="samples">The samples side by side.</param>
    protected abstract RowsCall Forward(Place input, Place output, int samples);

    /// <summary>The backward pass of a block.</summary>
    /// <param name="result">Where the input gradient goes.</param>
    /// <param name="place">The place of a value that the call touches.</param>
    protected abstract RowsCall BackwardTo(Place result, Func<View, Place> place);

    /// <summary>The channels of a share of an update.</summary>
    /// <param name="part">The share.</param>
    protected WorkRange ShareOf(PhasePart part) => WorkRange.Of(plan.Spec.Input.Channels, UpdateGrain, part.First, part.Count);
}
