using System.ComponentModel;
using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet;

/// <summary>A network that trains, as an object: what <see cref="INetwork{TTarget}"/> offers statically.</summary>
/// <remarks>
/// Sessions, runs, monitors and checkpoints know nothing else of a network. <see cref="GeneratedNetwork{TNetwork, TTarget}"/>
/// makes one of a generated network. A network that says its phases trains: steps and gradients are made of them.
/// </remarks>
/// <typeparam name="TTarget">
/// <see cref="int"/>, a class number for each position of the output, for softmaxCrossEntropy; <see cref="float"/>,
/// OutputLength values a sample, for the other losses.
/// </typeparam>
public abstract class TrainableNetwork<TTarget> : TrainableNetwork, ITrainingPhases<TTarget>
    where TTarget : unmanaged
{
    /// <summary>The mean loss of 1 to BatchSize samples, as <see cref="PredictingNetwork.PredictBatch"/> scores them.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="workspace">At least TrainingWorkspaceLength; the layers' outputs are left in it.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a target outside its range.</exception>
    public abstract float Loss(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, Span<float> workspace);

    /// <summary>The mean loss in training and its gradient; running averages stay as they are and have the gradient 0.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="gradients">(ParametersLength), in the layout of the parameters, overwritten.</param>
    /// <param name="workspace">At least TrainingWorkspaceLength.</param>
    /// <param name="draw">What decides the random numbers of dropout.</param>
    /// <param name="classWeights">One factor a class on the loss of its samples; empty for 1, as always where targets are values.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a target outside its range.</exception>
    public virtual float Gradients(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        Span<float> gradients, Span<float> workspace, TrainingDraw draw = default, ReadOnlySpan<float> classWeights = default)
        => Gradients(this, parameters, inputs, targets, gradients, workspace, draw, classWeights);

    /// <summary>One step of training.</summary>
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
    /// <param name="classWeights">One factor a class on the loss of its samples; empty for 1, as always where targets are values.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a target outside its range.</exception>
    public virtual float TrainStep<TRule>(
        Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        in TRule rule, long step, Span<float> workspace, WorkerTeam? team = null, ulong seed = 0, ReadOnlySpan<float> classWeights = default)
        where TRule : struct, IUpdateRule<TRule>
        => TrainStep(this, parameters, state, inputs, targets, rule, step, workspace, team, seed, classWeights);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract ReadOnlySpan<TrainingPhase> Phases { get; }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract int ScratchLength { get; }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract int ScratchOffset { get; }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract void RunPhase<TRule>(int phase, in TrainingPass<TTarget> pass, in TRule rule, PhasePart part, ref float scratch)
        where TRule : struct, IUpdateRule<TRule>;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract float MeanLoss(in TrainingPass<TTarget> pass);

    /// <summary>A step of training by phases that are known when it is compiled, as those of a generated network: nothing in it is virtual and generic at once, for which ahead-of-time compiled programs need a type loader.</summary>
    internal float TrainStep<TPhases, TRule>(
        TPhases phases, Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        in TRule rule, long step, Span<float> workspace, WorkerTeam? team, ulong seed, ReadOnlySpan<float> classWeights)
        where TPhases : ITrainingPhases<TTarget>
        where TRule : struct, IUpdateRule<TRule>
    {
        int count = CheckTraining(parameters, inputs, targets, workspace, classWeights);
        Guard.Length(state.Length, TRule.StateCount * TrainedLength, nameof(state));
        return TrainingStep.Run(
            phases, parameters, state, inputs, targets, count, rule.AtStep(step), workspace, new TrainingDraw(seed, step), team, classWeights);
    }

    /// <summary>The gradients by phases that are known when they are compiled.</summary>
    private protected float Gradients<TPhases>(
        TPhases phases, ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        Span<float> gradients, Span<float> workspace, TrainingDraw draw, ReadOnlySpan<float> classWeights)
        where TPhases : ITrainingPhases<TTarget>
    {
        int count = CheckTraining(parameters, inputs, targets, workspace, classWeights);
        Guard.Length(gradients.Length, ParametersLength, nameof(gradients));
        return TrainingStep.Gradients(phases, parameters, inputs, targets, count, gradients, workspace, draw, classWeights);
    }

    /// <summary>Checks what an operation on targets is given; nothing is checked after it but what is one operation's own.</summary>
    /// <returns>The samples.</returns>
    private protected int Check(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, Span<float> workspace)
    {
        Guard.Length(parameters.Length, ParametersLength, nameof(parameters));
        int count = Guard.Samples(inputs.Length, InputLength, BatchSize, nameof(inputs));
        Guard.Length(targets.Length, count * TargetLength, nameof(targets));
        Guard.AtLeast(workspace.Length, TrainingWorkspaceLength, nameof(workspace));
        CheckTargets(targets);
        return count;
    }

    private int CheckTraining(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, Span<float> workspace, ReadOnlySpan<float> classWeights)
    {
        int count = Check(parameters, inputs, targets, workspace);
        Guard.LeastSamples(count, LeastSamples, nameof(inputs));
        if (!classWeights.IsEmpty)
            Guard.Length(classWeights.Length, ClassCount, nameof(classWeights));
        return count;
    }

    /// <summary>Checks that targets are of the loss's range.</summary>
    private void CheckTargets(ReadOnlySpan<TTarget> targets)
    {
        if (typeof(TTarget) == typeof(int))
            Guard.Classes(MemoryMarshal.Cast<TTarget, int>(targets), ClassCount, nameof(targets));
        else if (TrainingLoss == LossKind.BinaryCrossEntropy)
            Guard.Probabilities(MemoryMarshal.Cast<TTarget, float>(targets), nameof(targets));
        else if (typeof(TTarget) == typeof(float))
            Guard.Finite(MemoryMarshal.Cast<TTarget, float>(targets), nameof(targets));
    }
}
