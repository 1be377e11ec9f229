using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using NativeNet.Benchmarks;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = NativeNet.Training.Adam;

namespace NativeNet.PeerBenchmarks;

/// <summary>Predictions and training steps of generated code and of TorchSharp, each on one thread.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[GenericTypeArguments(typeof(Digits))]
[GenericTypeArguments(typeof(Mnist))]
[GenericTypeArguments(typeof(MnistWide))]
public class TorchSharpBenchmarks<TNetwork>
    where TNetwork : struct, INetwork<int>
{
    /// <summary>Too small for any number of steps to lead the parameters out of the ordinary.</summary>
    private const float LearningRate = 1e-7f;

    private readonly NetworkSpec _spec = NetworkSpec.Parse(TNetwork.Json);
    private readonly Batch<TNetwork> _batch = new();
    private readonly TrainingSession<TNetwork> _sgd = new(seed: 1);
    private readonly TrainingSession<TNetwork> _adam = new(seed: 1);
    private readonly float[] _workspace = new float[TNetwork.PredictWorkspaceLength];
    private TorchNetwork _torchSample = null!;
    private TorchNetwork _torchSgd = null!;
    private TorchNetwork _torchAdam = null!;

    /// <summary>Gives both the same parameters and samples, and makes sure that they compute the same.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    [GlobalSetup]
    public void Setup()
    {
        // Fresh biases are 0, and nobody would miss them.
        _sgd.Step(_batch.Inputs, _batch.Classes, new Sgd(0.1f));
        _sgd.Parameters.CopyTo(_adam.Parameters);

        CheckSteps(new Sgd(0.01f), static parameters => optim.SGD(parameters, 0.01));
        CheckSteps(new Adam(1e-3f), static parameters => optim.Adam(parameters, 1e-3));

        _torchSample = Torch(1, static parameters => optim.SGD(parameters, LearningRate));
        _torchSgd = Torch(TNetwork.BatchSize, static parameters => optim.SGD(parameters, LearningRate));
        _torchAdam = Torch(TNetwork.BatchSize, static parameters => optim.Adam(parameters, LearningRate));

        GeneratedSample();
        Agreement.Check(_spec, _batch.Scores[..TNetwork.OutputLength], _torchSample.Scores());
        GeneratedBatch();
        Agreement.Check(_spec, _batch.Scores, _torchSgd.Scores());
    }

    /// <summary>One sample, generated.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sample")]
    public void GeneratedSample() => TNetwork.Predict(
        _sgd.Parameters, _batch.Inputs[..TNetwork.InputLength], _batch.Scores[..TNetwork.OutputLength], _workspace);

    /// <summary>One sample, TorchSharp.</summary>
    [Benchmark]
    [BenchmarkCategory("sample")]
    public void TorchSharpSample() => _torchSample.Predict();

    /// <summary>A batch, generated.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("batch")]
    public void GeneratedBatch() => _sgd.Predict(_batch.Inputs, _batch.Scores);

    /// <summary>A batch, TorchSharp.</summary>
    [Benchmark]
    [BenchmarkCategory("batch")]
    public void TorchSharpBatch() => _torchSgd.Predict();

    /// <summary>A step by gradient descent, generated.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("step, sgd")]
    public float GeneratedSgd() => _sgd.Step(_batch.Inputs, _batch.Classes, new Sgd(LearningRate));

    /// <summary>A step by gradient descent, TorchSharp.</summary>
    [Benchmark]
    [BenchmarkCategory("step, sgd")]
    public float TorchSharpSgd() => _torchSgd.Step();

    /// <summary>A step by Adam, generated.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("step, adam")]
    public float GeneratedAdam() => _adam.Step(_batch.Inputs, _batch.Classes, new Adam(LearningRate));

    /// <summary>A step by Adam, TorchSharp.</summary>
    [Benchmark]
    [BenchmarkCategory("step, adam")]
    public float TorchSharpAdam() => _torchAdam.Step();

    /// <summary>Frees the memory.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _torchSample.Dispose();
        _torchSgd.Dispose();
        _torchAdam.Dispose();
        _adam.Dispose();
        _sgd.Dispose();
        _batch.Dispose();
    }

    /// <summary>The network as it is now, for the first samples of the batch.</summary>
    private TorchNetwork Torch(int count, Func<IEnumerable<Parameter>, optim.Optimizer> rule)
        => new(DenseTensors.Of(TNetwork.Tensors, _sgd.Parameters), _batch.Inputs[..(count * TNetwork.InputLength)], _batch.Classes[..count], rule);

    /// <summary>The losses before a step and after it must agree, and lie further apart than they may disagree.</summary>
    private void CheckSteps<TRule>(TRule rule, Func<IEnumerable<Parameter>, optim.Optimizer> torchRule)
        where TRule : struct, IUpdateRule<TRule>
    {
        using var session = new TrainingSession<TNetwork>(seed: 1);
        _sgd.Parameters.CopyTo(session.Parameters);
        using TorchNetwork torch = Torch(TNetwork.BatchSize, torchRule);
        float[] expected = [session.Step(_batch.Inputs, _batch.Classes, rule), session.Loss(_batch.Inputs, _batch.Classes)];
        float[] actual = [torch.Step(), torch.Step()];

        Agreement.Check(_spec, expected, actual);
        if (!(MathF.Abs(expected[0] - expected[1]) > Agreement.Tolerance(_spec, expected)))
            throw new InvalidOperationException($"A step took the loss from {expected[0]} to {expected[1]}, too little to compare.");
    }
}
