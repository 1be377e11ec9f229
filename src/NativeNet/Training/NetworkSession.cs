using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NativeNet.Data;
using NativeNet.Numerics;
using NativeNet.Storage;

namespace NativeNet.Training;

/// <summary>A network in training, as far as its targets' type does not matter: what monitors and checkpoints know of it.</summary>
public abstract class NetworkSession : IDisposable
{
    private readonly AlignedBuffer<float> _parameters;
    private readonly AlignedBuffer<float> _workspace;
    private AlignedBuffer<float> _state = new(0);

    private protected NetworkSession(TrainableNetwork network, ulong seed)
    {
        FloatingPointMode.Require();
        Untyped = network;
        Seed = seed;
        _parameters = new AlignedBuffer<float>(network.ParametersLength);

        // Where the one keeps states from step to step, predictions have room of their own behind it.
        int training = network.TrainingWorkspaceLength, predicting = network.PredictBatchWorkspaceLength;
        _workspace = new AlignedBuffer<float>(network.IsStateful ? training + predicting : Math.Max(training, predicting));
        network.Initialize(_parameters.Span, seed);
    }

    /// <summary>What the session started from.</summary>
    public ulong Seed { get; }

    /// <summary>
    /// One factor a class on the loss of its samples, and so on their gradients, in training: <see cref="Training.ClassWeights"/>
    /// finds those that balance data. Classes behind the last one weigh 1, as all do unless it is set; <see cref="Evaluate"/> and losses without a step leave them out.
    /// </summary>
    /// <exception cref="ArgumentException">There are more than the network has classes, or one is below 0 or not finite.</exception>
    /// <exception cref="ProcessesUnavailableException">Another process that shares the steps sets others.</exception>
    public ImmutableArray<float> ClassWeights
    {
        get;
        set
        {
            ReadOnlySpan<float> weights = value.AsSpan();
            if (weights.Length > Untyped.ClassCount)
                throw new ArgumentException("There are more weights than classes, of which a network that gives values has none.", nameof(value));
            foreach (float weight in weights)
            {
                if (!float.IsFinite(weight) || weight < 0)
                    throw new ArgumentException("A class weight is below 0 or not finite.", nameof(value));
            }

            float[] all = new float[weights.IsEmpty ? 0 : Untyped.ClassCount];
            Array.Fill(all, 1f);
            weights.CopyTo(all);
            Processes?.RequireSame("different class weights", [.. all.Select(BitConverter.SingleToInt32Bits)]);
            field = ImmutableCollectionsMarshal.AsImmutableArray(all);
        }
    } = [];

    /// <summary>The steps taken.</summary>
    public long StepCount { get; private protected set; }

    /// <summary>The epochs trained to their end.</summary>
    public int EpochCount => Progress.Epoch;

    /// <summary>How far the current epoch is.</summary>
    public EpochProgress Progress { get; private protected set; }

    /// <summary>The parameters, in the network's layout; writing to them is how trained ones are loaded.</summary>
    public Span<float> Parameters => _parameters.Span;

    /// <summary>The training workspace: <see cref="TrainableNetwork.Layer"/> says what lies where.</summary>
    public ReadOnlySpan<float> Workspace => _workspace.Span;

    /// <summary>The processes that share each step; null where this one is alone.</summary>
    public abstract ProcessTeam? Processes { get; }

    /// <summary>Whether this process saves what all of them have computed: the only one, or the first.</summary>
    internal bool Saves => Processes is null or { IsFirst: true };

    /// <summary>The network.</summary>
    internal TrainableNetwork Untyped { get; }

    /// <summary>The optimizer state, (StateCount · TrainedLength); empty before the first step.</summary>
    internal Span<float> State => _state.Span;

    /// <summary>The type of the rule whose state it is; null before the first step, and after steps that nobody has named the rule of.</summary>
    internal Type? Rule { get; private set; }

    /// <summary>The training workspace, where a stateful network keeps its states from step to step.</summary>
    internal Span<float> KeptStates => _workspace.Span[..Untyped.TrainingWorkspaceLength];

    /// <summary>The workspace to write to.</summary>
    private protected Span<float> Scratch => _workspace.Span;

    /// <summary>The scores of 1 to BatchSize samples.</summary>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="scores">(count, OutputLength), row-major, overwritten.</param>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> scores)
    {
        FloatingPointMode.Require();
        Untyped.PredictBatch(_parameters.Span, inputs, scores, _workspace.Span[(Untyped.IsStateful ? Untyped.TrainingWorkspaceLength : 0)..]);
    }

    /// <summary>Has the next step begin from states of zeros in layers that are stateful, as every epoch does by itself: what follows does not go on from what came before.</summary>
    public void ResetStates()
    {
        if (Untyped.IsStateful)
            KeptStates.Clear();
    }

    /// <summary>Measures loss and accuracy or error; changes nothing but the workspace.</summary>
    /// <param name="data">Samples of the network's shape.</param>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    public abstract Evaluation Evaluate(DataSet data);

    /// <summary>The same for processes that all do it at once: each measures some batches.</summary>
    internal abstract Evaluation EvaluateTogether(DataSet data);

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

        _parameters.Dispose();
        _state.Dispose();
        _workspace.Dispose();
    }

    /// <summary>The processes that have the values of layers each of some samples; null where this one has all.</summary>
    internal abstract ProcessTeam? RowSharers { get; }

    /// <summary>The samples of a batch of which this process has the values of layers in the workspace behind a step.</summary>
    /// <param name="count">The samples of the batch.</param>
    internal abstract (int First, int End) RowsOf(int count);

    /// <summary>Brings the optimizer state, which lives where its parameters are updated, to every process; all of them must at once.</summary>
    internal abstract void GatherState();

    /// <summary>Brings one stretch of it to the process that saves; all of them must at once.</summary>
    /// <param name="part">Which stretch.</param>
    /// <param name="whole">(TrainedLength), overwritten in the process that saves; the others need no room.</param>
    internal abstract void CollectState(int part, Span<float> whole);

    /// <summary>Continues where another session of this seed stood.</summary>
    internal void RestoreProgress(EpochProgress progress) => Progress = progress;

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

    /// <summary>Takes another buffer of as much state.</summary>
    private protected void ReplaceState(AlignedBuffer<float> state)
    {
        _state.Dispose();
        _state = state;
    }

    private protected Span<float> StateFor<TRule>()
        where TRule : struct, IUpdateRule<TRule>
    {
        int length = TRule.StateCount * Untyped.TrainedLength;
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
