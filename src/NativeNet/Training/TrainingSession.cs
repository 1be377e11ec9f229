using NativeNet.Storage;

namespace NativeNet.Training;

/// <summary>A network in training: parameters, optimizer state and workspace in aligned memory outside the heap.</summary>
/// <remarks>Everything that a step needs is allocated once; steps allocate nothing. Not safe for several threads at once.</remarks>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
public partial class TrainingSession<TNetwork, TTarget> : IDisposable
    where TNetwork : struct, INetwork<TTarget>
    where TTarget : unmanaged
{
    private readonly AlignedBuffer<float> _parameters = new(TNetwork.ParametersLength);
    private readonly AlignedBuffer<float> _workspace
        = new(Math.Max(TNetwork.TrainingWorkspaceLength, TNetwork.PredictBatchWorkspaceLength));
    private AlignedBuffer<float> _state = new(0);

    private readonly WorkerTeam? _team;

    /// <summary>Starts from fresh parameters.</summary>
    /// <param name="seed">Decides the first weights, the order of the samples and what dropout drops.</param>
    /// <param name="threads">How many threads share each step; more than one gains from some 100 µs a step on.</param>
    public TrainingSession(ulong seed, int threads = 1)
    {
        Seed = seed;
        _team = threads == 1 ? null : new WorkerTeam(threads);
        TNetwork.Initialize(_parameters.Span, seed);
    }

    /// <summary>What the session started from.</summary>
    public ulong Seed { get; }

    /// <summary>The steps taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>The parameters, in the network's layout; writing to them is how trained ones are loaded.</summary>
    public Span<float> Parameters => _parameters.Span;

    /// <summary>The training workspace: <see cref="INetwork.Layer"/> says what lies where.</summary>
    public ReadOnlySpan<float> Workspace => _workspace.Span;

    /// <summary>The optimizer state, (StateCount · ParametersLength); empty before the first step.</summary>
    internal Span<float> State => _state.Span;

    /// <summary>One step of training on 1 to BatchSize samples.</summary>
    /// <typeparam name="TRule">The update rule; a session keeps the state of one.</typeparam>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="rule">The rule with its rates.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="InvalidOperationException">Earlier steps used a rule with other state.</exception>
    public float Step<TRule>(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        Span<float> state = StateFor<TRule>();
        float loss = TNetwork.TrainStep(_parameters.Span, state, inputs, targets, rule, StepCount + 1, _workspace.Span, _team, Seed);
        StepCount++;
        return loss;
    }

    /// <summary>The mean loss of 1 to BatchSize samples; leaves the scores in <see cref="Workspace"/>.</summary>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets)
        => TNetwork.Loss(_parameters.Span, inputs, targets, _workspace.Span);

    /// <summary>The scores of 1 to BatchSize samples.</summary>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="scores">(count, OutputLength), row-major, overwritten.</param>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> scores)
        => TNetwork.PredictBatch(_parameters.Span, inputs, scores, _workspace.Span);

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
    internal void RestoreSteps(long steps, int stateLength)
    {
        StepCount = steps;
        if (_state.Length == stateLength)
            return;

        _state.Dispose();
        _state = new AlignedBuffer<float>(stateLength);
    }

    private Span<float> StateFor<TRule>()
        where TRule : struct, IUpdateRule<TRule>
    {
        int length = TRule.StateCount * TNetwork.ParametersLength;
        if (length != _state.Length)
        {
            if (StepCount > 0)
                throw new InvalidOperationException("The session was trained with a rule that keeps other state; continue with that rule or start a new session.");

            _state.Dispose();
            _state = new AlignedBuffer<float>(length);
        }

        return _state.Span;
    }
}
