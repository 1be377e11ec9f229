using NativeNet.Data;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>A generated network in training, whatever its targets.</summary>
/// <remarks>
/// Its steps call the generated code itself, where those of the session that it derives from ask the network which code that is:
/// a call that is virtual and generic at once, for which an ahead-of-time compiled program carries a type loader.
/// </remarks>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <typeparam name="TTarget">The type of its targets: <see cref="int"/> for class numbers, <see cref="float"/> for values.</typeparam>
public class TrainingSession<TNetwork, TTarget> : NetworkSession<TTarget>
    where TNetwork : struct, INetwork<TTarget>
    where TTarget : unmanaged
{
    /// <summary>Starts from fresh parameters.</summary>
    /// <param name="seed">Decides the first weights, the order of the samples and what dropout drops.</param>
    /// <param name="threads">How many threads share each step; more than one gains from some 100 µs a step on.</param>
    /// <param name="processes">Processes that share each step, of which each has such a session; null for this one alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threads are not 1 to 256.</exception>
    /// <exception cref="ThreadsUnavailableException">The system does not let so many threads start.</exception>
    /// <exception cref="ProcessesUnavailableException">Another process has another network or seed.</exception>
    public TrainingSession(ulong seed, int threads = 1, ProcessTeam? processes = null)
        : base(GeneratedNetwork<TNetwork, TTarget>.Instance, seed, threads, processes)
    {
    }

    private static GeneratedPhases<TNetwork, TTarget> Phases => default;

    /// <inheritdoc cref="NetworkSession{TTarget}.Step"/>
    public new float Step<TRule>(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
        => StepBy(Phases, inputs, targets, rule);

    /// <inheritdoc cref="NetworkSession{TTarget}.TrainEpoch"/>
    public new Evaluation TrainEpoch<TRule>(DataSet data, in TRule rule, IProgress<Evaluation>? progress = null)
        where TRule : struct, IUpdateRule<TRule>
        => TrainEpochBy(Phases, data, rule, progress);

    /// <inheritdoc cref="NetworkSession{TTarget}.TrainBatch"/>
    public new Evaluation TrainBatch<TRule>(DataSet data, in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
        => TrainBatchBy(Phases, data, rule);
}
