using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs one layer at one vector width: what code generated for it would call, with its sizes as numbers.</summary>
/// <remarks>
/// Places are found once, when a network is read; the calls that come back do nothing but compute. A layer that reads rows
/// is called for all the samples of a pass, one that reads blocks for each block.
/// </remarks>
internal abstract class LayerRunner
{
    /// <summary>One sample, from its inputs to its outputs.</summary>
    /// <param name="inputs">Each source's values.</param>
    /// <param name="scratch">The room that the layer asks for; the outputs where it asks for none.</param>
    /// <param name="output">The outputs.</param>
    public abstract RowsCall Single(Place[] inputs, Place scratch, Place output);

    /// <summary>A stretch of a signal that goes on, for layers that keep something of earlier frames.</summary>
    /// <param name="inputs">Each source's values.</param>
    /// <param name="scratch">The room that the layer asks for; the outputs where it asks for none.</param>
    /// <param name="output">The outputs.</param>
    /// <param name="stream">Where in the memory's state what is kept lies.</param>
    public virtual RowsCall Process(Place[] inputs, Place scratch, Place output, int stream)
        => throw new NotSupportedException("The layer keeps nothing in a stream.");

    /// <summary>The samples of a pass or of a block.</summary>
    /// <param name="inputs">Each source's values.</param>
    /// <param name="sums">Where sums are kept, or the room that the layer asks for; the outputs where it needs neither.</param>
    /// <param name="output">The outputs.</param>
    public abstract RowsCall Forward(Place[] inputs, Place sums, Place output);

    /// <summary>The same in training, which some layers do otherwise.</summary>
    /// <param name="inputs">Each source's values.</param>
    /// <param name="output">The outputs.</param>
    /// <param name="place">The place of a value that the call touches.</param>
    public virtual RowsCall TrainingForward(Place[] inputs, Place output, Func<View, Place> place)
        => throw new NotSupportedException("The layer trains as it predicts.");

    /// <summary>A share of the sums over the whole batch that a layer's rows wait for.</summary>
    /// <param name="place">The place of a value that the call touches.</param>
    /// <param name="isBackward">Whether those on the way back.</param>
    public virtual PartCall Statistics(Func<View, Place> place, bool isBackward)
        => throw new NotSupportedException("The layer waits for nothing.");

    /// <summary>The gradient of the samples at hand: from the outputs to the sums, and on to what the layer reads.</summary>
    /// <param name="place">The place of a value that the call touches.</param>
    public abstract RowsCall Backward(Func<View, Place> place);

    /// <summary>Moves the running averages.</summary>
    /// <param name="place">The place of a value that the call touches.</param>
    public virtual RowsCall RunningAverages(Func<View, Place> place)
        => throw new NotSupportedException("The layer has no running averages.");

    /// <summary>A share of the update of the layer's parameters, after every sample's gradient is known.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="reads">What <see cref="LayerPlan.UpdateReads"/> names, in its order.</param>
    /// <param name="memory">The memory of the call.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="part">The share.</param>
    public virtual void Update<TRule>(Place[] reads, in RunMemory memory, in TRule rule, PhasePart part)
        where TRule : struct, IUpdateRule<TRule>
        => throw new NotSupportedException("The layer has nothing to update.");
}
