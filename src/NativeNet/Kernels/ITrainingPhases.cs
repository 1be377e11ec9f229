using System.ComponentModel;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>A training step as the phases that it consists of, for whoever runs them: one thread or several.</summary>
/// <remarks>
/// A step is every part of the first phase, then every part of the second and so on, then the running averages. Its loss
/// is the mean over what the rows have left in the workspace.
/// </remarks>
/// <typeparam name="TTarget">The type of the targets.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITrainingPhases<TTarget>
    where TTarget : unmanaged
{
    /// <summary>The phases in their order.</summary>
    ReadOnlySpan<TrainingPhase> Phases { get; }

    /// <summary>The floats of scratch that a thread needs.</summary>
    int ScratchLength { get; }

    /// <summary>Where in the training workspace the scratch of the caller's thread begins.</summary>
    int ScratchOffset { get; }

    /// <summary>Runs a part of a phase; every part of the phases before has been run.</summary>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="phase">The place in <see cref="Phases"/>.</param>
    /// <param name="pass">The step's memory.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="part">One of the phase's <see cref="TrainingPhase.Part"/>s.</param>
    /// <param name="scratch">ScratchLength floats, of this thread alone.</param>
    void RunPhase<TRule>(int phase, in TrainingPass<TTarget> pass, in TRule rule, PhasePart part, ref float scratch)
        where TRule : struct, IUpdateRule<TRule>;

    /// <summary>Moves the running averages of batch normalizations towards those of the batch in the workspace; nothing where there are none.</summary>
    /// <param name="parameters">(ParametersLength), whose averages are updated.</param>
    /// <param name="workspace">The training workspace after the last phase of the rows.</param>
    void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace);

    /// <summary>The mean loss of the batch.</summary>
    /// <param name="pass">The step's memory after the last phase of the rows.</param>
    float MeanLoss(in TrainingPass<TTarget> pass);
}
