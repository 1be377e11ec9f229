using NativeNet.Data;
using NativeNet.Storage;

namespace NativeNet.Training;

/// <summary>What a thread needs to measure batches while others measure others.</summary>
/// <typeparam name="TTarget">The type of the targets.</typeparam>
/// <param name="network">The network.</param>
internal sealed class EvaluationBuffers<TTarget>(TrainableNetwork<TTarget> network) : IDisposable
    where TTarget : unmanaged
{
    private readonly Batch<TTarget> _samples = new(network);
    private readonly AlignedBuffer<float> _workspace = new(network.TrainingWorkspaceLength);

    /// <summary>Measures the batch of samples from one on.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="data">Data that fits.</param>
    /// <param name="first">The first sample.</param>
    public Evaluation Judge(ReadOnlySpan<float> parameters, DataSet data, int first)
    {
        _samples.GatherFrom(data, first);
        float loss = network.Loss(parameters, _samples.Inputs, _samples.Targets, _workspace.Span);
        return _samples.Judge(loss, _workspace.Span);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _samples.Dispose();
        _workspace.Dispose();
    }
}
