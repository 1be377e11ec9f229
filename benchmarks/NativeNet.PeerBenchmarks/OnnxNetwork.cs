using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NativeNet.Description;
using NativeNet.Program.Interchange.Onnx;

namespace NativeNet.PeerBenchmarks;

/// <summary>A network in ONNX Runtime, on one thread, with one sample and its scores bound to memory of its own allocator.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtValue _input;
    private readonly OrtValue _scores;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();

    /// <summary>Exports the network, loads it and binds its memory.</summary>
    /// <param name="spec">A network whose output is a vector.</param>
    /// <param name="parameters">(spec.ParameterCount), row-major.</param>
    /// <param name="sample">(spec.Input), the sample of every call.</param>
    public OnnxNetwork(NetworkSpec spec, ReadOnlySpan<float> parameters, ReadOnlySpan<float> sample)
    {
        OnnxModel model = OnnxExport.Of(spec, parameters, isChannelsFirst: true);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };

        // The samples are open in files; with a number for them every shape of the graph is known beforehand.
        options.AddFreeDimensionOverrideByName("samples", 1);
        _session = new InferenceSession(OnnxWriter.Write(model, "network", "0").ToArray(), options);
        _input = Allocate(model.Inputs[0]);
        _scores = Allocate(model.Outputs[0]);
        ToChannelsFirst(spec.Input, sample, _input.GetTensorMutableDataAsSpan<float>());

        _binding = _session.CreateIoBinding();
        _binding.BindInput(model.Inputs[0].Name, _input);
        _binding.BindOutput(model.Outputs[0].Name, _scores);
    }

    /// <summary>(OutputLength), as <see cref="Predict"/> left them.</summary>
    public ReadOnlySpan<float> Scores => _scores.GetTensorDataAsSpan<float>();

    /// <summary>Computes the scores.</summary>
    public void Predict() => _session.RunWithBinding(_options, _binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        _scores.Dispose();
        _input.Dispose();
        _session.Dispose();
    }

    private static OrtValue Allocate(OnnxValueInfo value)
        => OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, TensorElementType.Float, [.. value.Dimensions.Select(static size => (long)(size ?? 1))]);

    /// <summary>Positions of channels as channels of positions.</summary>
    private static void ToChannelsFirst(Shape shape, ReadOnlySpan<float> from, Span<float> to)
    {
        for (int i = 0; i < from.Length; i++)
            to[(i % shape.Channels * shape.Positions) + (i / shape.Channels)] = from[i];
    }
}
