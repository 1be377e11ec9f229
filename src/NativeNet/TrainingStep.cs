using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet;

/// <summary>Runs the phases of a training step, for networks that have checked the lengths of what they pass.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TrainingStep
{
    /// <summary>One step of training.</summary>
    /// <typeparam name="TPhases">The network; a struct costs no virtual call.</typeparam>
    /// <typeparam name="TTarget">The type of its targets.</typeparam>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="parameters">(ParametersLength), updated.</param>
    /// <param name="state">(TRule.StateCount · TrainedLength), updated.</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="count">The samples, at least 1.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="workspace">The training workspace.</param>
    /// <param name="draw">What decides the step's random numbers.</param>
    /// <param name="team">Threads that share the work, or null for the caller's alone.</param>
    /// <param name="classWeights">What the loss of a sample of each class is multiplied by; empty for 1.</param>
    /// <returns>The mean loss before the update.</returns>
    public static float Run<TPhases, TTarget, TRule>(
        TPhases network, Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, int count,
        in TRule rule, Span<float> workspace, TrainingDraw draw, WorkerTeam? team, ReadOnlySpan<float> classWeights = default)
        where TPhases : ITrainingPhases<TTarget>
        where TTarget : unmanaged
        where TRule : struct, IUpdateRule<TRule>
    {
        var pass = new TrainingPass<TTarget>(parameters, state, inputs, targets, workspace, count, draw, classWeights);
        if (team is null)
        {
            for (int phase = 0; phase < network.Phases.Length; phase++)
                RunPhase(network, phase, pass, rule);
        }
        else
        {
            team.RunPhases(network, parameters, state, inputs, targets, count, rule, workspace, draw, classWeights);
        }

        network.UpdateRunningAverages(parameters, workspace);
        return network.MeanLoss(pass);
    }

    /// <summary>The mean loss in training and its gradient: a step whose update stores what it is given.</summary>
    /// <typeparam name="TPhases">The network; a struct costs no virtual call.</typeparam>
    /// <typeparam name="TTarget">The type of its targets.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="count">The samples, at least 1.</param>
    /// <param name="gradients">(ParametersLength), overwritten; what is not trained has the gradient 0.</param>
    /// <param name="workspace">The training workspace.</param>
    /// <param name="draw">What decides the step's random numbers.</param>
    /// <param name="classWeights">What the loss of a sample of each class is multiplied by; empty for 1.</param>
    public static float Gradients<TPhases, TTarget>(
        TPhases network, ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, int count,
        Span<float> gradients, Span<float> workspace, TrainingDraw draw, ReadOnlySpan<float> classWeights = default)
        where TPhases : ITrainingPhases<TTarget>
        where TTarget : unmanaged
    {
        var pass = new TrainingPass<TTarget>(parameters, default, inputs, targets, workspace, count, draw, classWeights);
        var store = new TrainingPass<TTarget>(gradients, default, inputs, targets, workspace, count, draw, classWeights);
        gradients.Clear();
        for (int phase = 0; phase < network.Phases.Length; phase++)
        {
            bool updates = network.Phases[phase].Kind == PhaseKind.Update;
            RunPhase(network, phase, updates ? store : pass, default(StoreGradient));
        }

        return network.MeanLoss(pass);
    }

    private static void RunPhase<TPhases, TTarget, TRule>(TPhases network, int phase, in TrainingPass<TTarget> pass, in TRule rule)
        where TPhases : ITrainingPhases<TTarget>
        where TTarget : unmanaged
        where TRule : struct, IUpdateRule<TRule>
    {
        TrainingPhase own = network.Phases[phase];
        int samples = (int)pass.Count, parts = own.CountParts(samples, threads: 1);
        ref float scratch = ref Unsafe.Add(ref pass.Workspace, network.ScratchOffset);
        for (int part = 0; part < parts; part++)
            network.RunPhase(phase, pass, rule, own.Part(part, samples, threads: 1), ref scratch);
    }
}
