using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NativeNet.PeerBenchmarks;

/// <summary>A network in ONNX Runtime, on one thread, with inputs and scores bound to memory of its own allocator.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtValue _inputs;
    private readonly OrtValue _scores;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();

    /// <summary>Loads the network and binds its memory.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="inputs">(batch, inputs), the samples of every call.</param>
    public OnnxNetwork(IReadOnlyList<DenseTensors> layers, ReadOnlySpan<float> inputs)
    {
        int batch = inputs.Length / layers[0].Inputs;
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(OnnxModel.Create(layers, batch), options);
        _inputs = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [batch, layers[0].Inputs]);
        _scores = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [batch, layers[^1].Units]);
        inputs.CopyTo(_inputs.GetTensorMutableDataAsSpan<float>());

        _binding = _session.CreateIoBinding();
        _binding.BindInput(OnnxModel.Input, _inputs);
        _binding.BindOutput(OnnxModel.Scores, _scores);
    }

    /// <summary>(batch, units of the last layer), as <see cref="Predict"/> left them.</summary>
    public ReadOnlySpan<float> Scores => _scores.GetTensorDataAsSpan<float>();

    /// <summary>Computes the scores.</summary>
    public void Predict() => _session.RunWithBinding(_options, _binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        _scores.Dispose();
        _inputs.Dispose();
        _session.Dispose();
    }
}
