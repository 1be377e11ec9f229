namespace NativeNet;

/// <summary>A generated network that takes a signal frame by frame, as an object: every call goes on to the static one.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
public sealed class GeneratedStreaming<TNetwork> : StreamingNetwork
    where TNetwork : struct, IStreamingNetwork
{
    private GeneratedStreaming()
    {
    }

    /// <summary>The one object, since a generated network has no state.</summary>
    public static GeneratedStreaming<TNetwork> Instance { get; } = new();

    /// <inheritdoc/>
    public override int InputChannels => TNetwork.InputChannels;

    /// <inheritdoc/>
    public override int OutputChannels => TNetwork.OutputChannels;

    /// <inheritdoc/>
    public override int StreamLength => TNetwork.StreamLength;

    /// <inheritdoc/>
    public override int ProcessWorkspaceLength => TNetwork.ProcessWorkspaceLength;

    /// <inheritdoc/>
    public override void Process(
        ReadOnlySpan<float> parameters, Span<float> stream, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> workspace)
        => TNetwork.Process(parameters, stream, inputs, outputs, workspace);
}
