using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Storage;

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

    /// <summary>Whether each process has brought a share of the optimizer state up to date.</summary>
    private bool _isStateShared;

    /// <summary>Whether each process has some of the rows in its workspace.</summary>
    private bool _areRowsShared;

    /// <summary>Starts from fresh parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="seed">Decides the first weights, the order of the samples and what dropout drops.</param>
    /// <param name="threads">How many threads share each step; more than one gains from some 100 µs a step on.</param>
    /// <param name="processes">Processes that share each step, of which each has such a session; null for this one alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threads are not 1 to 256.</exception>
    /// <exception cref="ThreadsUnavailableException">The system does not let so many threads start.</exception>
    /// <exception cref="ProcessesUnavailableException">Another process has another network or seed.</exception>
    /// <exception cref="ArgumentException">The network is stateful and there are processes, which would have to tell each other its states.</exception>
    public NetworkSession(TrainableNetwork<TTarget> network, ulong seed, int threads = 1, ProcessTeam? processes = null)
        : base(network, seed)
    {
        if (network.IsStateful && processes is not null)
            throw new ArgumentException("A stateful network is not trained by several processes.", nameof(processes));

        Network = network;
        processes?.RequireSame("different networks or seeds", [(int)seed, (int)(seed >> 32), .. network.Fingerprint]);
        _team = threads == 1 && processes is null ? null : new WorkerTeam(threads, processes);
    }

    /// <summary>The network.</summary>
    public TrainableNetwork<TTarget> Network { get; }

    /// <inheritdoc/>
    public override ProcessTeam? Processes => _team?.Processes;

    /// <inheritdoc/>
    internal override ProcessTeam? RowSharers => _areRowsShared ? Processes : null;

    /// <inheritdoc/>
    internal override (int First, int End) RowsOf(int count) => _areRowsShared ? _team!.RowsOf(count) : (0, count);

    /// <summary>One step of training on 1 to BatchSize samples.</summary>
    /// <remarks>Processes that share it are all given the whole batch. Behind it the workspace of each has the scores of all samples, and other values of the samples that it has done.</remarks>
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
        _areRowsShared = false;
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
        if (Processes is not null && !_isStateShared && StepCount > 0)
            ForgetStateOfOthers();
        _isStateShared = _areRowsShared = Processes is not null;
        StepCount++;
        return loss;
    }

    /// <summary>
    /// Keeps the optimizer state of what this process updates, of all that a checkpoint has brought. Pages that nobody writes to
    /// take no memory.
    /// </summary>
    private void ForgetStateOfOthers()
    {
        var own = new AlignedBuffer<float>(State.Length);
        _team!.CopyOwnState(State, own.Span, Network.TrainedLength);
        ReplaceState(own);
    }

    /// <inheritdoc/>
    internal override void GatherState()
    {
        if (_isStateShared)
            _team!.GatherState(State, Network.TrainedLength);
        _isStateShared = false;
    }

    /// <inheritdoc/>
    internal override void CollectState(int part, Span<float> whole)
    {
        ReadOnlySpan<float> own = State.Slice(part * Network.TrainedLength, Network.TrainedLength);
        if (_isStateShared)
            _team!.CollectState(own, whole);
        else if (Saves)
            own.CopyTo(whole);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _team?.Dispose();
            _gradients?.Dispose();
            _batch?.Dispose();
            _judge?.Dispose();
        }

        base.Dispose(disposing);
    }
}
