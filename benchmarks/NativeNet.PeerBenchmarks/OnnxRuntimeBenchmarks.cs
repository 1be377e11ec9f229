using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using NativeNet.Benchmarks;
using NativeNet.Description;
using NativeNet.Training;

namespace NativeNet.PeerBenchmarks;

/// <summary>Predictions of generated code and of ONNX Runtime, one sample and a batch, each on one thread.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[GenericTypeArguments(typeof(Mnist))]
[GenericTypeArguments(typeof(MnistWide))]
public class OnnxRuntimeBenchmarks<TNetwork>
    where TNetwork : struct, INetwork<int>
{
    private readonly Batch<TNetwork> _batch = new();
    private readonly TrainingSession<TNetwork> _session = new(seed: 1);
    private readonly float[] _workspace = new float[TNetwork.PredictWorkspaceLength];
    private OnnxNetwork _onnxSample = null!;
    private OnnxNetwork _onnxBatch = null!;

    /// <summary>Gives both the same parameters and samples, and makes sure that they compute the same.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    [GlobalSetup]
    public void Setup()
    {
        // Fresh biases are 0, and nobody would miss them.
        _session.Step(_batch.Inputs, _batch.Classes, new Sgd(0.1f));

        var spec = NetworkSpec.Parse(TNetwork.Json);
        IReadOnlyList<DenseTensors> layers = DenseTensors.Of(TNetwork.Tensors, _session.Parameters);
        _onnxSample = new OnnxNetwork(layers, _batch.Inputs[..TNetwork.InputLength]);
        _onnxBatch = new OnnxNetwork(layers, _batch.Inputs);

        GeneratedSample();
        OnnxRuntimeSample();
        Agreement.Check(spec, _batch.Scores[..TNetwork.OutputLength], _onnxSample.Scores);

        GeneratedBatch();
        OnnxRuntimeBatch();
        Agreement.Check(spec, _batch.Scores, _onnxBatch.Scores);
    }

    /// <summary>One sample, generated.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sample")]
    public void GeneratedSample() => TNetwork.Predict(
        _session.Parameters, _batch.Inputs[..TNetwork.InputLength], _batch.Scores[..TNetwork.OutputLength], _workspace);

    /// <summary>One sample, ONNX Runtime.</summary>
    [Benchmark]
    [BenchmarkCategory("sample")]
    public void OnnxRuntimeSample() => _onnxSample.Predict();

    /// <summary>A batch, generated.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("batch")]
    public void GeneratedBatch() => _session.Predict(_batch.Inputs, _batch.Scores);

    /// <summary>A batch, ONNX Runtime.</summary>
    [Benchmark]
    [BenchmarkCategory("batch")]
    public void OnnxRuntimeBatch() => _onnxBatch.Predict();

    /// <summary>Frees the memory.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _onnxSample.Dispose();
        _onnxBatch.Dispose();
        _session.Dispose();
        _batch.Dispose();
    }
}
