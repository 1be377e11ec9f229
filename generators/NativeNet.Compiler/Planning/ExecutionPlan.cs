using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A network's code before it is text: layers in order, buffers with their places, tiles.</summary>
/// <remarks>The emitter prints what stands here and decides nothing; plans are tested without looking at text.</remarks>
/// <param name="Spec">The network.</param>
/// <param name="Parameters">The layout of the parameter buffer.</param>
/// <param name="Layers">The layers that compute, in order.</param>
/// <param name="Input">The network's input as the caller gives it, in rows.</param>
/// <param name="InputInBlocks">The same in blocks, where a layer reads that.</param>
/// <param name="Scores">The scores in blocks, for the loss.</param>
/// <param name="BlockSize">The samples of a block: whole vectors.</param>
/// <param name="ShareSize">What the work on a batch is cut at: blocks or halves of them.</param>
/// <param name="TrainingBuffers">The training workspace, for a whole batch.</param>
/// <param name="BatchBuffers">The workspace of batched prediction, for one block.</param>
/// <param name="SingleBuffers">The workspace of prediction, for one sample.</param>
internal sealed record ExecutionPlan(
    NetworkSpec Spec,
    ParameterLayout Parameters,
    EquatableArray<LayerPlan> Layers,
    Value Input,
    Value? InputInBlocks,
    Value Scores,
    int BlockSize,
    int ShareSize,
    Workspace TrainingBuffers,
    Workspace BatchBuffers,
    Workspace SingleBuffers)
{
    /// <summary>The layer that puts out the scores, in rows.</summary>
    public LayerPlan Last => Layers[Layers.Count - 1];

    /// <summary>Floats of scratch that a thread needs.</summary>
    public int ScratchLength => Layers.Max(static layer => layer.ScratchLength);

    /// <summary>The layers that an update changes, in order.</summary>
    public IReadOnlyList<LayerPlan> Trained { get; } = [.. Layers.Where(static layer => layer.HasParameters)];

    /// <summary>The places in <see cref="Layers"/> of those whose rows wait for the whole batch, in order.</summary>
    public IReadOnlyList<int> Waiting { get; } = [.. Enumerable.Range(0, Layers.Count).Where(i => Layers[i].StatisticsLength > 0)];

    /// <summary>What a training step consists of, in order.</summary>
    public IReadOnlyList<PhasePlan> Phases => [.. PhasePlan.Of(Waiting.Count)];

    /// <summary>Whether the forward pass is another in training than in prediction.</summary>
    public bool TrainsOtherwise => Layers.Any(static layer => layer.TrainsOtherwise);

    /// <summary>
    /// Whether one prediction is so little work that calls, loops and the way of values through memory would be most of
    /// it. Measured: 36 vector multiply-adds (4-16-16-1) take 10 ns in a straight line and 16 ns layer by layer; 160, as in
    /// 64-32-10, gain 2 % and are several hundred lines to read.
    /// </summary>
    public bool IsTiny(int widthIndex) => Layers.All(layer => layer.SingleOperations(widthIndex) is not null)
        && Layers.Sum(layer => layer.SingleOperations(widthIndex)) <= 64
        && Layers.Skip(1).Zip(Layers, static (layer, before) => layer.Wires.Input.Source == before.Spec.Index).All(static follows => follows);
}
