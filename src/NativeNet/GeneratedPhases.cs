using System.ComponentModel;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet;

/// <summary>The phases of a generated network, without a virtual call.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct GeneratedPhases<TNetwork, TTarget> : ITrainingPhases<TTarget>
    where TNetwork : struct, INetwork<TTarget>
    where TTarget : unmanaged
{
    /// <inheritdoc/>
    public ReadOnlySpan<TrainingPhase> Phases => TNetwork.Phases;

    /// <inheritdoc/>
    public int ScratchLength => TNetwork.ScratchLength;

    /// <inheritdoc/>
    public int ScratchOffset => TNetwork.ScratchOffset;

    /// <inheritdoc/>
    public void RunPhase<TRule>(int phase, in TrainingPass<TTarget> pass, in TRule rule, PhasePart part, ref float scratch)
        where TRule : struct, IUpdateRule<TRule>
        => TNetwork.RunPhase(phase, pass, rule, part, ref scratch);

    /// <inheritdoc/>
    public void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace)
        => TNetwork.UpdateRunningAverages(parameters, workspace);

    /// <inheritdoc/>
    public float MeanLoss(in TrainingPass<TTarget> pass) => TNetwork.MeanLoss(pass);
}
