using NativeNet.Description;

namespace NativeNet.Generators.Planning;

/// <summary>A network's code before it is text: layers in order, buffers with their places, tiles.</summary>
/// <remarks>The emitter prints what stands here and decides nothing; plans are tested without looking at text.</remarks>
/// <param name="Spec">The network.</param>
/// <param name="Parameters">The layout of the parameter buffer.</param>
/// <param name="Layers">The layers that compute, in order.</param>
/// <param name="BatchLanes">Samples a row of a transposed buffer: the batch size, rounded up to whole vectors.</param>
/// <param name="InferenceStride">Floats a sample in each of the two buffers that inference alternates between.</param>
/// <param name="Buffers">The buffers of the training workspace, in order.</param>
internal sealed record ExecutionPlan(
    NetworkSpec Spec,
    ParameterLayout Parameters,
    EquatableArray<DensePlan> Layers,
    int BatchLanes,
    int InferenceStride,
    EquatableArray<WorkspaceBuffer> Buffers)
{
    public DensePlan Last => Layers[Layers.Count - 1];

    /// <summary>
    /// Whether one prediction is so little work that calls and loops would be most of it. With 64 vector multiply-adds a
    /// straight line gains a tenth; with 160, as in 64-32-10, it gains 2 % and is several hundred lines to read.
    /// </summary>
    public bool IsTiny(int widthIndex) => Layers.Sum(layer => layer.SingleOperations(widthIndex)) <= 64;

    /// <summary>Floats of workspace for one prediction.</summary>
    public int PredictWorkspace => 2 * InferenceStride;

    /// <summary>Floats of workspace for a batch of predictions.</summary>
    public int PredictBatchWorkspace => 2 * InferenceStride * Spec.BatchSize;

    /// <summary>Floats of workspace for training.</summary>
    public int TrainingWorkspace => Buffers[Buffers.Count - 1].Offset + Buffers[Buffers.Count - 1].Length;
}

/// <summary>A named stretch of the training workspace.</summary>
/// <param name="Name">The constant that holds its offset.</param>
/// <param name="Offset">Floats from the start, a multiple of 16.</param>
/// <param name="Length">Floats.</param>
/// <param name="Meaning">Its shape and content, for the comment.</param>
internal readonly record struct WorkspaceBuffer(string Name, int Offset, int Length, string Meaning);
