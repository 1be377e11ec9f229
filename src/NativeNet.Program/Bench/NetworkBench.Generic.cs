using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Training;

namespace NativeNet.Program.Bench;

/// <summary>A generated network, ready to be measured.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
internal sealed class NetworkBench<TNetwork> : NetworkBench
    where TNetwork : struct, INetwork<int>
{
    /// <summary>Too small for any number of steps to lead the parameters out of the ordinary.</summary>
    private const float LearningRate = 1e-7f;

    private readonly int _threads;
    private readonly AlignedBuffer<float> _inputs = new(TNetwork.BatchSize * TNetwork.InputLength);
    private readonly AlignedBuffer<int> _classes = new(TNetwork.BatchSize);
    private readonly AlignedBuffer<float> _scores = new(TNetwork.BatchSize * TNetwork.OutputLength);
    private readonly AlignedBuffer<float> _parameters = new(TNetwork.ParametersLength);
    private readonly AlignedBuffer<float> _gradients = new(TNetwork.ParametersLength);
    private readonly AlignedBuffer<float> _workspace = new(Math.Max(TNetwork.PredictBatchWorkspaceLength, TNetwork.TrainingWorkspaceLength));
    private readonly AlignedBuffer<float> _singleWorkspace = new(TNetwork.PredictWorkspaceLength);
    private readonly AlignedBuffer<float> _scratch = new(TNetwork.ScratchLength);
    private readonly TrainingSession<TNetwork> _sgd;
    private readonly TrainingSession<TNetwork> _momentum;
    private readonly TrainingSession<TNetwork> _adam;

    /// <summary>Makes a network and a batch of arbitrary samples.</summary>
    /// <param name="name">Its name on the command line.</param>
    /// <param name="threads">How many threads share a training step.</param>
    public NetworkBench(string name, int threads)
        : base(name, NetworkSpec.Parse(TNetwork.Json))
    {
        _threads = threads;
        _sgd = new TrainingSession<TNetwork>(seed: 1, threads);
        _momentum = new TrainingSession<TNetwork>(seed: 1, threads);
        _adam = new TrainingSession<TNetwork>(seed: 1, threads);
        TNetwork.Initialize(_parameters.Span, seed: 1);

        var random = new Random(1);
        foreach (ref float value in _inputs.Span)
            value = random.NextSingle();
        foreach (ref int value in _classes.Span)
            value = random.Next(TNetwork.OutputLength);
    }

    /// <inheritdoc/>
    public override Workload[] Workloads()
    {
        int batch = TNetwork.BatchSize;
        double forward = Layers.Sum(static layer => layer.MultiplyAdds);

        // The gradient with respect to the first layer's inputs is nobody's.
        double inputGradients = forward - Layers[0].MultiplyAdds;
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
            .. Trained.Select((layer, i) => new Workload($"update, layer {layer.Index}", layer.MultiplyAdds * batch, () => Update(i), batch))
                .Where(static update => update.Work > 0),
        ];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sgd.Dispose();
        _momentum.Dispose();
        _adam.Dispose();
        _inputs.Dispose();
        _classes.Dispose();
        _scores.Dispose();
        _parameters.Dispose();
        _gradients.Dispose();
        _workspace.Dispose();
        _singleWorkspace.Dispose();
        _scratch.Dispose();
    }

    private void Predict() => TNetwork.Predict(
        _parameters.Span, _inputs.Span[..TNetwork.InputLength], _scores.Span[..TNetwork.OutputLength], _singleWorkspace.Span);

    private void PredictBatch() => TNetwork.PredictBatch(_parameters.Span, _inputs.Span, _scores.Span, _workspace.Span);

    private void Loss() => TNetwork.Loss(_parameters.Span, _inputs.Span, _classes.Span, _workspace.Span);

    private void Gradients() => TNetwork.Gradients(_parameters.Span, _inputs.Span, _classes.Span, _gradients.Span, _workspace.Span);

    private void Step<TRule>(TrainingSession<TNetwork> session, in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
        => session.Step(_inputs.Span, _classes.Span, rule);

    /// <summary>Everything before the update.</summary>
    private void RunRows()
    {
        for (int phase = 0; phase < TNetwork.Phases.Length - 1; phase++)
            Run(phase, part: 0);
    }

    /// <summary>What the workspace holds of the rows does not matter to the time; the rows phase has run before.</summary>
    private void Update(int layer) => Run(TNetwork.Phases.Length - 1, layer);

    private void Run(int phase, int part) => TNetwork.RunPhase(
        phase, Pass(), new Sgd(LearningRate).AtStep(1), TNetwork.Phases[phase].Part(part, TNetwork.BatchSize, threads: 1), ref _scratch.Span[0]);

    private TrainingPass<int> Pass()
        => new(_parameters.Span, [], _inputs.Span, _classes.Span, _workspace.Span, TNetwork.BatchSize);
}
