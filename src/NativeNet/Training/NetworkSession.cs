using NativeNet.Numerics;
using NativeNet.Storage;

namespace NativeNet.Training;

/// <summary>A network in training: parameters, optimizer state and workspace in aligned memory that does not move.</summary>
/// <remarks>
/// Everything that a step needs is allocated once; steps allocate nothing. Not safe for several threads at once. Calls
/// throw an <see cref="InvalidOperationException"/> on a thread whose <see cref="FloatingPointMode"/> would change results.
/// </remarks>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
public partial class NetworkSession<TTarget> : IDisposable
    where TTarget : unmanaged
{
    private readonly WorkerTeam? _team;
    private readonly AlignedBuffer<float> _parameters;
    private readonly AlignedBuffer<float> _workspace;
    private AlignedBuffer<float> _state = new(0);

    /// <summary>Starts from fresh parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="seed">Decides the first weights, the order of the samples and what dropout drops.</param>
    /// <param name="threads">How many threads share each step; more than one gains from some 100 µs a step on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threads are not 1 to 256.</exception>
    /// <exception cref="ThreadsUnavailableException">The system does not let so many threads start.</exception>
    public NetworkSession(TrainableNetwork<TTarget> network, ulong seed, int threads = 1)
    {
        FloatingPointMode.Require();
        Network = network;
        Seed = seed;
        _team = threads == 1 ? null : new WorkerTeam(threads);
        _parameters = new AlignedBuffer<float>(network.ParametersLength);
        _workspace = new AlignedBuffer<float>(Math.Max(network.TrainingWorkspaceLength, network.PredictBatchWorkspaceLength));
        network.Initialize(_parameters.Span, seed);
    }

    /// <summary>The network.</summary>
    public TrainableNetwork<TTarget> Network { get; }

    /// <summary>What the session started from.</summary>
    public ulong Seed { get; }

    /// <summary>The steps taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>The parameters, in the network's layout; writing to them is how trained ones are loaded.</summary>
    public Span<float> Parameters => _parameters.Span;

    /// <summary>The training workspace: <see cref="TrainableNetwork{TTarget}.Layer"/> says what lies where.</summary>
    public ReadOnlySpan<float> Workspace => _workspace.Span;

    /// <summary>The optimizer state, (StateCount · ParametersLength); empty before the first step.</summary>
    internal Span<float> State => _state.Span;

    /// <summary>The type of the rule whose state it is; null before the first step, and after steps that nobody has named the rule of.</summary>
    internal Type? Rule { get; private set; }

    /// <summary>One step of training on 1 to BatchSize samples.</summary>
    /// <typeparam name="TRule">The update rule; a session keeps the state of one.</typeparam>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="rule">The rule with its rates.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="InvalidOperationException">Earlier steps used another rule.</exception>
    public float Step<TRule>(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        FloatingPointMode.Require();
        Span<float> state = StateFor<TRule>();
        float loss = Network.TrainStep(_parameters.Span, state, inputs, targets, rule, StepCount + 1, _workspace.Span, _team, Seed);
        StepCount++;
        return loss;
    }

    /// <summary>The mean loss of 1 to BatchSize samples; leaves the scores in <see cref="Workspace"/>.</summary>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets)
    {
        FloatingPointMode.Require();
        return Network.Loss(_parameters.Span, inputs, targets, _workspace.Span);
    }

    /// <summary>The scores of 1 to BatchSize samples.</summary>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="scores">(count, OutputLength), row-major, overwritten.</param>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> scores)
    {
        FloatingPointMode.Require();
        Network.PredictBatch(_parameters.Span, inputs, scores, _workspace.Span);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what a derived session owns too.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;

        _team?.Dispose();
        _parameters.Dispose();
        _state.Dispose();
        _workspace.Dispose();
        _gradients?.Dispose();
    }

    /// <summary>Sets the number of steps and makes room for the state that they left; its content is the caller's to fill.</summary>
    /// <param name="steps">The steps taken.</param>
    /// <param name="stateLength">The floats of the optimizer state.</param>
    /// <param name="rule">The type of the rule that left it; null where the next step is to say.</param>
    internal void RestoreSteps(long steps, int stateLength, Type? rule)
    {
        StepCount = steps;
        Rule = rule;
        if (_state.Length == stateLength)
            return;

        _state.Dispose();
        _state = new AlignedBuffer<float>(stateLength);
    }

    private Span<float> StateFor<TRule>()
        where TRule : struct, IUpdateRule<TRule>
    {
        int length = TRule.StateCount * Network.ParametersLength;
        bool isOther = length != _state.Length || (length > 0 && Rule is not null && Rule != typeof(TRule));
        if (isOther && StepCount > 0)
            throw new InvalidOperationException("The session was trained with a rule that keeps other state; continue with that rule or start a new session.");

        if (length != _state.Length)
        {
            _state.Dispose();
            _state = new AlignedBuffer<float>(length);
        }

        Rule = typeof(TRule);
        return _state.Span;
    }
}
