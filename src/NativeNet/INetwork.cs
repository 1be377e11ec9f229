using System.ComponentModel;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Tensors;

namespace NativeNet;

/// <summary>What every generated network offers, whatever its targets: sizes, first parameters, predictions.</summary>
/// <remarks>
/// Everything is static and works on spans that the caller owns; nothing allocates. Lengths are checked once at entry
/// and an <see cref="ArgumentException"/> names the span and the length it must have. Spans need no alignment, but
/// parameters that start on a 64-byte line are read faster. Workspaces are scratch: their content on entry does not
/// matter, but for the training workspace of a network that keeps states there from step to step.
/// </remarks>
public interface INetwork
{
    /// <summary>The network as JSON, defaults filled in; <see cref="NetworkSpec.Parse"/> reads it.</summary>
    static abstract string Json { get; }

    /// <summary>The SHA-256 of the JSON without its training section, class names and budget, in hexadecimal digits: what a checkpoint belongs to.</summary>
    static abstract string Fingerprint { get; }

    /// <summary>How the file says that the network is to be trained; null where it does not.</summary>
    static abstract TrainingSpec? Training { get; }

    /// <summary>What the classes are called, one name a score of a position; empty where the file does not say.</summary>
    static abstract EquatableArray<string> Classes { get; }

    /// <summary>The tensors of the parameters by name, shape and place: what saving and loading go by.</summary>
    static abstract TensorTable Tensors { get; }

    /// <summary>The plan in words: layers, shapes, orders of summation, tiles, memory.</summary>
    static abstract string Plan { get; }

    /// <summary>The shape of one input sample.</summary>
    static abstract Shape InputShape { get; }

    /// <summary>The elements of one input sample.</summary>
    static abstract int InputLength { get; }

    /// <summary>The scores of one sample.</summary>
    static abstract int OutputLength { get; }

    /// <summary>The most samples in one call of a batched operation.</summary>
    static abstract int BatchSize { get; }

    /// <summary>The floats of a parameter buffer, padding included; also of a gradient buffer.</summary>
    static abstract int ParametersLength { get; }

    /// <summary>The floats at the start of a parameter buffer that are trained, as long as a value of optimizer state each; running averages and frozen tensors, where there are any, lie behind.</summary>
    static abstract int TrainedLength { get; }

    /// <summary>The floats of workspace that <see cref="Predict"/> needs.</summary>
    static abstract int PredictWorkspaceLength { get; }

    /// <summary>The floats of workspace that <see cref="PredictBatch"/> needs.</summary>
    static abstract int PredictBatchWorkspaceLength { get; }

    /// <summary>How the network takes a signal frame by frame, as an object; null where it is not an <see cref="IStreamingNetwork"/>.</summary>
    static virtual StreamingNetwork? Streaming => null;

    /// <summary>Fills <paramref name="parameters"/> with first weights; biases and padding become 0.</summary>
    /// <param name="parameters">(ParametersLength), overwritten.</param>
    /// <param name="seed">The same seed gives the same bits on every machine.</param>
    static abstract void Initialize(Span<float> parameters, ulong seed);

    /// <summary>Computes the scores of one sample.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="input">(InputLength).</param>
    /// <param name="scores">(OutputLength), overwritten: the last layer's outputs, before any softmax or sigmoid of the loss.</param>
    /// <param name="workspace">At least PredictWorkspaceLength.</param>
    static abstract void Predict(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace);

    /// <summary>Computes the scores of 1 to BatchSize samples.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="scores">(count, OutputLength), row-major, overwritten.</param>
    /// <param name="workspace">At least PredictBatchWorkspaceLength.</param>
    static abstract void PredictBatch(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace);
}

/// <summary>A generated network that trains on targets of one type.</summary>
/// <typeparam name="TTarget">
/// <see cref="int"/>, a class number for each position of the output, for softmaxCrossEntropy; <see cref="float"/>,
/// OutputLength values a sample, for the other losses.
/// </typeparam>
public interface INetwork<TTarget> : INetwork
    where TTarget : unmanaged
{
    /// <summary>What training minimises.</summary>
    static abstract LossKind TrainingLoss { get; }

    /// <summary>The targets of one sample: a class number for each position of the output, 1 where that is a vector; or OutputLength values.</summary>
    static abstract int TargetLength { get; }

    /// <summary>The fewest samples of a gradient or a training step: 2 where a batchNorm would see one value a channel of one sample, else 1.</summary>
    static virtual int LeastSamples => 1;

    /// <summary>
    /// Whether gradients and training steps go on where the last ones stood: the training workspace then keeps the states of
    /// recurrent layers that are stateful, row by row of the batch; one of zeros begins anew. Losses and predictions begin from zeros and leave them alone.
    /// </summary>
    static virtual bool IsStateful => false;

    /// <summary>The floats of workspace that losses, gradients and training steps need.</summary>
    static abstract int TrainingWorkspaceLength { get; }

    /// <summary>The layers with parameters, which <see cref="Layer"/> counts.</summary>
    static abstract int LayerCount { get; }

    /// <summary>Where the values of a layer with parameters lie in the training workspace after a loss, a gradient or a training step.</summary>
    /// <param name="layer">From 0 to LayerCount − 1, in the order of the file.</param>
    static abstract LayerBuffers Layer(int layer);

    /// <summary>Where the values of the last layer, whose outputs are the scores, lie in the same workspace.</summary>
    static abstract LayerBuffers Scores { get; }

    /// <summary>The mean loss of 1 to BatchSize samples, as <see cref="INetwork.PredictBatch"/> scores them.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="workspace">At least TrainingWorkspaceLength.</param>
    static abstract float Loss(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, Span<float> workspace);

    /// <summary>
    /// The mean loss in training and its gradient with respect to every parameter. Running averages stay as they are and
    /// have the gradient 0; <see cref="UpdateRunningAverages"/> moves them.
    /// </summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="gradients">(ParametersLength), in the layout of the parameters, overwritten.</param>
    /// <param name="workspace">At least TrainingWorkspaceLength.</param>
    /// <param name="draw">What decides the random numbers of dropout.</param>
    static abstract float Gradients(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        Span<float> gradients, Span<float> workspace, TrainingDraw draw = default);

    /// <summary>
    /// Moves the running averages towards those of the batch that <see cref="Gradients"/> last saw, as
    /// <see cref="TrainStep"/> does by itself. Networks without batchNorm have none.
    /// </summary>
    /// <param name="parameters">(ParametersLength), whose averages are updated.</param>
    /// <param name="workspace">As <see cref="Gradients"/> left it.</param>
    static abstract void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace);

    /// <summary>
    /// One step of training: forward, backward, and the update applied to each weight as its gradient is finished, so
    /// that no gradient buffer exists.
    /// </summary>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="parameters">(ParametersLength), updated in place.</param>
    /// <param name="state">(TRule.StateCount · TrainedLength), updated in place; zeros before the first step.</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="rule">The rule with its rates.</param>
    /// <param name="step">The number of this step, from 1; rules that correct a bias and dropout use it.</param>
    /// <param name="workspace">At least TrainingWorkspaceLength.</param>
    /// <param name="team">Threads that share the work, or null for the caller's alone; the bits are the same.</param>
    /// <param name="seed">Decides the random numbers of dropout.</param>
    /// <returns>The mean loss before the update.</returns>
    static abstract float TrainStep<TRule>(
        Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        in TRule rule, long step, Span<float> workspace, WorkerTeam? team = null, ulong seed = 0)
        where TRule : struct, IUpdateRule<TRule>;

    /// <summary>The floats of scratch that each thread beside the caller's brings to a training step.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract int ScratchLength { get; }

    /// <summary>Where in the training workspace the scratch of the caller's thread begins.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract int ScratchOffset { get; }

    /// <summary>The phases of a training step, in order.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract ReadOnlySpan<TrainingPhase> Phases { get; }

    /// <summary>Runs a part of a phase; every part of the phases before has been run.</summary>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="phase">The place in <see cref="Phases"/>.</param>
    /// <param name="pass">The step's memory.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="part">One of the phase's parts.</param>
    /// <param name="scratch">ScratchLength floats, of this thread alone.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void RunPhase<TRule>(
        int phase, in TrainingPass<TTarget> pass, in TRule rule, PhasePart part, ref float scratch)
        where TRule : struct, IUpdateRule<TRule>;

    /// <summary>The mean loss after the last phase of the rows.</summary>
    /// <param name="pass">The step's memory.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract float MeanLoss(in TrainingPass<TTarget> pass);
}
