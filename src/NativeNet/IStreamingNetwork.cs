namespace NativeNet;

/// <summary>A generated network that takes a signal frame by frame: no output depends on a later frame.</summary>
/// <remarks>
/// The network's input is a signal of shape (length, channels) and so is its output; the length of the file's input says how
/// long the signals are that it is trained on, and nothing about those that it processes. However a signal is cut into calls,
/// its outputs have the bits that a prediction of the whole has. Nothing allocates, waits or calls the system.
/// </remarks>
public interface IStreamingNetwork : INetwork
{
    /// <summary>The floats of one frame of the input.</summary>
    static abstract int InputChannels { get; }

    /// <summary>The floats of one frame of the output.</summary>
    static abstract int OutputChannels { get; }

    /// <summary>The floats that are kept of a signal between calls.</summary>
    static abstract int StreamLength { get; }

    /// <summary>The floats of workspace that <see cref="Process"/> needs, however many frames it is given.</summary>
    static abstract int ProcessWorkspaceLength { get; }

    /// <summary>Computes the outputs of the next frames of a signal.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="stream">(StreamLength), what is kept of the frames so far, updated; zeros before the first frame.</param>
    /// <param name="inputs">(frames, InputChannels), row-major; any number of frames, also none.</param>
    /// <param name="outputs">(frames, OutputChannels), row-major, overwritten; may not overlap the inputs.</param>
    /// <param name="workspace">At least ProcessWorkspaceLength; its content on entry does not matter.</param>
    static abstract void Process(
        ReadOnlySpan<float> parameters, Span<float> stream, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> workspace);
}
