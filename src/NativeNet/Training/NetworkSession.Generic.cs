using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>A network in training: parameters, optimizer state and workspace in aligned memory that does not move.</summary>
/// <remarks>
/// Everything that a step needs is allocated once; steps allocate nothing. Not safe for several threads at once. Calls
/// throw an <see cref="InvalidOperationException"/> on a thread whose <see cref="FloatingPointMode"/> would change results.
/// </remarks>
/// <typeparam name="TTarget">The type of its targets: <see cref="int"/> for class numbers, <see cref="float"/> for values.</typeparam>
public partial class NetworkSession<TTarget> : NetworkSession
    where TTarget : unmanaged
{
    private readonly WorkerTeam? _team;

    /// <summary>Starts from fresh parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="seed">Decides the first weights, the order of the samples and what dropout drops.</param>
    /// <param name="threads">How many threads share each step; more than one gains from some 100 µs a step on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threads are not 1 to 256.</exception>
    /// <exception cref="ThreadsUnavailableException">The system does not let so many threads start.</exception>
    public NetworkSession(TrainableNetwork<TTarget> network, ulong seed, int threads = 1)
        : base(network, seed)
    {
        Network = network;
        _team = threads == 1 ? null : new WorkerTeam(threads);
    }

    /// <summary>The network.</summary>
    public TrainableNetwork<TTarget> Network { get; }

    /// <summary>One step of training on 1 to BatchSize samples.</summary>
    /// <typeparam name="TRule">The update rule; a session keeps the state of one.</typeparam>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="rule">The rule with its rates.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="InvalidOperationException">Earlier steps used another rule.</exception>
    public float Step<TRule>(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
        => StepBy(Network, inputs, targets, rule);

    /// <summary>The mean loss of 1 to BatchSize samples; leaves the scores in <see cref="NetworkSession.Workspace"/>.</summary>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets)
    {
        FloatingPointMode.Require();
        return Network.Loss(Parameters, inputs, targets, Scratch);
    }

    /// <summary>The same by phases that who calls may know better than <see cref="Network"/> does.</summary>
    private protected float StepBy<TPhases, TRule>(TPhases phases, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, in TRule rule)
        where TPhases : ITrainingPhases<TTarget>
        where TRule : struct, IUpdateRule<TRule>
    {
        FloatingPointMode.Require();
        Span<float> state = StateFor<TRule>();

        // An object is asked once a step what its phases are, which is a call that is virtual and generic at once; structures
        // are known when this is compiled, and such a call must not even stand in a branch that can be taken.
        float loss = !typeof(TPhases).IsValueType
            ? Network.TrainStep(Parameters, state, inputs, targets, rule, StepCount + 1, Scratch, _team, Seed, ClassWeights.AsSpan())
            : Network.TrainStep(phases, Parameters, state, inputs, targets, rule, StepCount + 1, Scratch, _team, Seed, ClassWeights.AsSpan());
        StepCount++;
        return loss;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _team?.Dispose();
            _gradients?.Dispose();
            _batch?.Dispose();
        }

        base.Dispose(disposing);
    }
}
