using BenchmarkDotNet.Attributes;
using NativeNet.Training;

namespace NativeNet.Benchmarks;

/// <summary>A full batch through a generated network: forward, and whole training steps.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Digits))]
[GenericTypeArguments(typeof(Mnist))]
[GenericTypeArguments(typeof(MnistWide))]
public class NetworkBenchmarks<TNetwork>
    where TNetwork : struct, INetwork<int>
{
    /// <summary>Too small for any number of steps to lead the parameters out of the ordinary.</summary>
    private const float LearningRate = 1e-7f;

    private readonly Batch<TNetwork> _batch = new();
    private readonly TrainingSession<TNetwork> _sgd = new(seed: 1);
    private readonly TrainingSession<TNetwork> _adam = new(seed: 1);

    /// <summary>The scores of a batch.</summary>
    [Benchmark(Baseline = true)]
    public void Forward() => _sgd.Predict(_batch.Inputs, _batch.Scores);

    /// <summary>Forward, backward and update by gradient descent.</summary>
    [Benchmark]
    public float StepSgd() => _sgd.Step(_batch.Inputs, _batch.Classes, new Sgd(LearningRate));

    /// <summary>Forward, backward and update by Adam.</summary>
    [Benchmark]
    public float StepAdam() => _adam.Step(_batch.Inputs, _batch.Classes, new Adam(LearningRate));

    /// <summary>Frees the memory.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _batch.Dispose();
        _sgd.Dispose();
        _adam.Dispose();
    }
}
