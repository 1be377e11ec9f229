using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Training;

namespace NativeNet.Program.Bench;

/// <summary>A network with memory of its own, ready to be measured.</summary>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
internal class NetworkBench<TTarget> : NetworkBench
    where TTarget : unmanaged
{
    /// <summary>Too small for any number of steps to lead the parameters out of the ordinary.</summary>
    private const float LearningRate = 1e-7f;

    private readonly TrainableNetwork<TTarget> _network;
    private readonly int _threads;
    private readonly LayerSpec[] _layers;
    private readonly LayerSpec[] _trained;
    private readonly AlignedBuffer<float> _scratch;
    private readonly NetworkSession<TTarget> _sgd;
    private readonly NetworkSession<TTarget> _momentum;
    private readonly NetworkSession<TTarget> _adam;

    /// <summary>Makes a network and a batch of arbitrary samples.</summary>
    /// <param name="name">Its name on the command line.</param>
    /// <param name="network">The network.</param>
    /// <param name="threads">How many threads share a training step.</param>
    public NetworkBench(string name, TrainableNetwork<TTarget> network, int threads)
    {
        Name = name;
        _network = network;
        _threads = threads;
        NetworkSpec spec = NetworkSpec.Parse(network.Json);
        _layers = [.. spec.Layers.Where(static layer => layer.MultiplyAdds > 0)];
        _trained = [.. spec.Layers.Where(static layer => layer.Learns)];
        _scratch = new AlignedBuffer<float>(network.ScratchLength);
        _sgd = new NetworkSession<TTarget>(network, seed: 1, threads);
        _momentum = new NetworkSession<TTarget>(network, seed: 1, threads);
        _adam = new NetworkSession<TTarget>(network, seed: 1, threads);
        Inputs = new AlignedBuffer<float>(network.BatchSize * network.InputLength);
        Targets = new AlignedBuffer<TTarget>(network.BatchSize * network.TargetLength);
        Scores = new AlignedBuffer<float>(network.BatchSize * network.OutputLength);
        Parameters = new AlignedBuffer<float>(network.ParametersLength);
        ParameterGradients = new AlignedBuffer<float>(network.ParametersLength);
        Workspace = new AlignedBuffer<float>(Math.Max(network.PredictBatchWorkspaceLength, network.TrainingWorkspaceLength));
        SingleWorkspace = new AlignedBuffer<float>(network.PredictWorkspaceLength);
        network.Initialize(Parameters.Span, seed: 1);

        var random = new Random(1);
        foreach (ref float value in Inputs.Span)
            value = random.NextSingle();
        foreach (ref int label in typeof(TTarget) == typeof(int) ? MemoryMarshal.Cast<TTarget, int>(Targets.Span) : [])
            label = random.Next(network.OutputLength / network.TargetLength);
        foreach (ref float value in typeof(TTarget) == typeof(float) ? MemoryMarshal.Cast<TTarget, float>(Targets.Span) : [])
            value = random.NextSingle();
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int BatchSize => _network.BatchSize;

    /// <inheritdoc/>
    public override string Shape => string.Join('-', _layers.Select(static layer => layer.Output.ToString()).Prepend(_layers[0].Input.ToString()));

    /// <summary>A batch of samples.</summary>
    protected AlignedBuffer<float> Inputs { get; }

    /// <summary>Their classes or values.</summary>
    protected AlignedBuffer<TTarget> Targets { get; }

    /// <summary>Room for their scores.</summary>
    protected AlignedBuffer<float> Scores { get; }

    /// <summary>First weights.</summary>
    protected AlignedBuffer<float> Parameters { get; }

    /// <summary>Room for the gradients of these.</summary>
    protected AlignedBuffer<float> ParameterGradients { get; }

    /// <summary>The workspace of everything but one prediction.</summary>
    protected AlignedBuffer<float> Workspace { get; }

    /// <summary>The workspace of one prediction.</summary>
    protected AlignedBuffer<float> SingleWorkspace { get; }

    /// <inheritdoc/>
    public override Workload[] Workloads()
    {
        int batch = BatchSize;
        double forward = _layers.Sum(static layer => layer.MultiplyAdds);

        // The gradient with respect to the first layer's inputs is nobody's.
        double inputGradients = forward - _layers[0].MultiplyAdds;
        double step = (forward + inputGradients + forward) * batch;

        return
        [
            new Workload("one sample", forward, Predict, Samples: 1),
            new Workload("forward", forward * batch, PredictBatch, batch),
            new Workload("forward, loss", forward * batch, Loss, batch),
            new Workload("loss, gradients", step, Gradients, batch),
            new Workload("step, sgd", step, () => Step(_sgd, new Sgd(LearningRate)), batch, _threads),
            new Workload("step, momentum", step, () => Step(_momentum, new Momentum(LearningRate)), batch, _threads),
            new Workload("step, adam", step, () => Step(_adam, new Adam(LearningRate)), batch, _threads),
            new Workload("rows phase", (forward + inputGradients) * batch, RunRows, batch),
            .. _trained.Select((layer, i) => new Workload($"update, layer {layer.Index}", layer.MultiplyAdds * batch, () => Update(i), batch))
                .Where(static update => update.Work > 0),
        ];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _sgd.Dispose();
        _momentum.Dispose();
        _adam.Dispose();
        _scratch.Dispose();
        Inputs.Dispose();
        Targets.Dispose();
        Scores.Dispose();
        Parameters.Dispose();
        ParameterGradients.Dispose();
        Workspace.Dispose();
        SingleWorkspace.Dispose();
    }

    /// <summary>Predicts one sample.</summary>
    protected virtual void Predict() => _network.Predict(
        Parameters.Span, Inputs.Span[.._network.InputLength], Scores.Span[.._network.OutputLength], SingleWorkspace.Span);

    /// <summary>Predicts the batch.</summary>
    protected virtual void PredictBatch() => _network.PredictBatch(Parameters.Span, Inputs.Span, Scores.Span, Workspace.Span);

    /// <summary>The batch's loss.</summary>
    protected virtual void Loss() => _network.Loss(Parameters.Span, Inputs.Span, Targets.Span, Workspace.Span);

    /// <summary>The batch's gradients.</summary>
    protected virtual void Gradients()
        => _network.Gradients(Parameters.Span, Inputs.Span, Targets.Span, ParameterGradients.Span, Workspace.Span);

    /// <summary>A part of a phase of a step, by a rule without state.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="phase">The phase.</param>
    /// <param name="pass">The memory.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="part">The part.</param>
    /// <param name="scratch">The thread's scratch.</param>
    protected virtual void RunPhase<TRule>(int phase, in TrainingPass<TTarget> pass, in TRule rule, PhasePart part, ref float scratch)
        where TRule : struct, IUpdateRule<TRule>
        => _network.RunPhase(phase, pass, rule, part, ref scratch);

    private void Step<TRule>(NetworkSession<TTarget> session, in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
        => session.Step(Inputs.Span, Targets.Span, rule);

    /// <summary>Everything but the updates.</summary>
    private void RunRows()
    {
        for (int phase = 0; phase < _network.Phases.Length; phase++)
        {
            if (_network.Phases[phase].Kind != PhaseKind.Update)
                Run(phase, part: 0);
        }
    }

    /// <summary>What the workspace holds of the rows does not matter to the time; the rows phase has run before.</summary>
    private void Update(int layer)
    {
        // The later an update phase, the nearer to the input are its layers.
        int phase = _network.Phases.Length - 1;
        for (; layer >= UpdatedIn(phase); phase--)
            layer -= UpdatedIn(phase);
        Run(phase, layer);
    }

    /// <summary>The layers that a phase updates.</summary>
    private int UpdatedIn(int phase)
        => _network.Phases[phase].Kind == PhaseKind.Update ? _network.Phases[phase].CountParts(BatchSize, threads: 1) : 0;

    private void Run(int phase, int part)
    {
        var pass = new TrainingPass<TTarget>(Parameters.Span, [], Inputs.Span, Targets.Span, Workspace.Span, BatchSize);
        RunPhase(phase, pass, new Sgd(LearningRate).AtStep(1), _network.Phases[phase].Part(part, BatchSize, threads: 1), ref _scratch.Span[0]);
    }
}
