using NativeNet.Data;
using NativeNet.Program.Interchange;
using NativeNet.Storage;

namespace NativeNet.Program.Predictions;

/// <summary>A network with its weights that tells what it makes of samples, or of the frames of a signal that goes on, one at a time.</summary>
internal sealed class Predictor : IDisposable
{
    private readonly PredictingNetwork _network;
    private readonly StreamingNetwork? _streaming;
    private readonly PredictionWriter _writer;
    private readonly AlignedBuffer<float> _parameters;
    private readonly float[] _scores;
    private readonly float[] _workspace;

    /// <summary>What is kept of the frames so far.</summary>
    private readonly float[] _stream;

    /// <summary>Loads the weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="streaming">What takes frames; null for samples.</param>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="order">What they are taken for where they do not say in which order they lie.</param>
    /// <param name="writer">Gets a prediction a sample or frame.</param>
    public Predictor(PredictingNetwork network, StreamingNetwork? streaming, string weights, ParameterOrder order, PredictionWriter writer)
    {
        (_network, _streaming, _writer) = (network, streaming, writer);
        _parameters = new AlignedBuffer<float>(network.ParametersLength);
        _scores = new float[streaming?.OutputChannels ?? network.OutputLength];
        _workspace = new float[streaming?.ProcessWorkspaceLength ?? network.PredictWorkspaceLength];
        _stream = new float[streaming?.StreamLength ?? 0];
        GivenWeights.Load(weights, network.Tensors, _parameters.Span, order);
    }

    /// <summary>Predicts a sample, or what is behind the next frame.</summary>
    /// <param name="input">(InputLength), or (InputChannels).</param>
    /// <param name="place">Where it comes from, for messages.</param>
    /// <exception cref="DataFormatException">The scores are not finite.</exception>
    public void Predict(ReadOnlySpan<float> input, string place)
    {
        if (_streaming is null)
            _network.Predict(_parameters.Span, input, _scores, _workspace);
        else
            _streaming.Process(_parameters.Span, _stream, input, _scores, _workspace);

        bool isUnknown = _scores.Any(float.IsNaN);
        if (isUnknown || !float.IsFinite(_scores.Max()))
            throw new DataFormatException($"{place}: the scores are not {(isUnknown ? "numbers" : "finite")}; the weights are those of a run that broke down");
        _writer.Write(_scores);
    }

    /// <inheritdoc/>
    public void Dispose() => _parameters.Dispose();
}
