using BenchmarkDotNet.Attributes;
using NativeNet.Description;
using NativeNet.Training;

namespace NativeNet.Benchmarks;

/// <summary>Generated code beside the same forward pass written with System.Numerics.Tensors, one sample and a batch.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Digits))]
[GenericTypeArguments(typeof(Mnist))]
[GenericTypeArguments(typeof(MnistWide))]
public class TensorPrimitivesBenchmarks<TNetwork>
    where TNetwork : struct, INetwork<int>
{
    /// <summary>Sums of at most 784 products of about 1 in another order differ by far less.</summary>
    private const float Tolerance = 1e-3f;

    private readonly Batch<TNetwork> _batch = new();
    private readonly TrainingSession<TNetwork> _session = new(seed: 1);
    private readonly float[] _workspace = new float[TNetwork.PredictWorkspaceLength];
    private readonly TensorNetwork _tensors;

    /// <summary>Gives both the same parameters.</summary>
    public TensorPrimitivesBenchmarks() => _tensors = new TensorNetwork(TNetwork.Tensors, _session.Parameters);

    /// <summary>Makes sure that both compute the same.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    [GlobalSetup]
    public void Check()
    {
        GeneratedBatch();
        float[] expected = _batch.Scores.ToArray();
        TensorsBatch();
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(MathF.Abs(expected[i] - _batch.Scores[i]) <= Tolerance))
                throw new InvalidOperationException($"Score {i} is {expected[i]} and {_batch.Scores[i]}.");
        }
    }

    /// <summary>One sample, generated.</summary>
    [Benchmark]
    public void GeneratedSample() => TNetwork.Predict(
        _session.Parameters, _batch.Inputs[..TNetwork.InputLength], _batch.Scores[..TNetwork.OutputLength], _workspace);

    /// <summary>One sample, inner products of the library.</summary>
    [Benchmark]
    public void TensorsSample() => _tensors.Predict(_batch.Inputs[..TNetwork.InputLength], _batch.Scores[..TNetwork.OutputLength]);

    /// <summary>A batch, generated.</summary>
    [Benchmark(Baseline = true)]
    public void GeneratedBatch() => _session.Predict(_batch.Inputs, _batch.Scores);

    /// <summary>A batch, inner products of the library.</summary>
    [Benchmark]
    public void TensorsBatch()
    {
        for (int i = 0; i < TNetwork.BatchSize; i++)
        {
            _tensors.Predict(
                _batch.Inputs.Slice(i * TNetwork.InputLength, TNetwork.InputLength),
                _batch.Scores.Slice(i * TNetwork.OutputLength, TNetwork.OutputLength));
        }
    }

    /// <summary>Frees the memory.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _batch.Dispose();
        _session.Dispose();
    }
}
