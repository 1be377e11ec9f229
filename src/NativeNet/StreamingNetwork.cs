namespace NativeNet;

/// <summary>What takes a signal frame by frame, as an object: what <see cref="IStreamingNetwork"/> offers statically.</summary>
/// <remarks>It holds no parameters and no signal: any number of threads may use one, each with memory of its own.</remarks>
public abstract class StreamingNetwork
{
    /// <inheritdoc cref="IStreamingNetwork.InputChannels"/>
    public abstract int InputChannels { get; }

    /// <inheritdoc cref="IStreamingNetwork.OutputChannels"/>
    public abstract int OutputChannels { get; }

    /// <inheritdoc cref="IStreamingNetwork.StreamLength"/>
    public abstract int StreamLength { get; }

    /// <inheritdoc cref="IStreamingNetwork.ProcessWorkspaceLength"/>
    public abstract int ProcessWorkspaceLength { get; }

    /// <inheritdoc cref="IStreamingNetwork.Process"/>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public abstract void Process(
        ReadOnlySpan<float> parameters, Span<float> stream, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> workspace);
}
