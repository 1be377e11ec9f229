using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Program.Bench;

/// <summary>The frames of a signal that goes on, ready to be measured.</summary>
internal sealed class StreamBench : IDisposable
{
    /// <summary>The frames of a call of many.</summary>
    private const int Many = 64;

    private readonly StreamingNetwork _network;
    private readonly double _work;
    private readonly AlignedBuffer<float> _inputs, _outputs, _stream, _workspace;

    /// <summary>Makes a signal of arbitrary frames.</summary>
    /// <param name="network">The network.</param>
    /// <param name="spec">Its description.</param>
    public StreamBench(StreamingNetwork network, NetworkSpec spec)
    {
        (_network, _work) = (network, spec.Layers.Sum(WorkOfFrame));
        _inputs = new AlignedBuffer<float>(Many * network.InputChannels);
        _outputs = new AlignedBuffer<float>(Many * network.OutputChannels);
        _stream = new AlignedBuffer<float>(Math.Max(1, network.StreamLength));
        _workspace = new AlignedBuffer<float>(network.ProcessWorkspaceLength);
        var random = new Random(1);
        foreach (ref float value in _inputs.Span)
            value = random.NextSingle();
    }

    /// <summary>One frame a call, and many.</summary>
    /// <param name="parameters">The parameters.</param>
    public IEnumerable<Workload> Workloads(AlignedBuffer<float> parameters)
    {
        foreach (int frames in (int[])[1, Many])
            yield return new Workload(frames == 1 ? "one frame" : $"{frames} frames", frames * _work, () => Run(parameters.Span, frames), frames);
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _outputs.Dispose();
        _stream.Dispose();
        _workspace.Dispose();
    }

    /// <summary>The multiply-adds of a frame whose windows lie in the signal: what one more frame adds, or what is computed anew for each.</summary>
    private static double WorkOfFrame(LayerSpec layer)
    {
        if (layer.Input.Rank == 1)
            return layer.MultiplyAdds;

        int before = layer is ConvSpec conv ? conv.Window.Horizontal.Reach : 1;
        return layer.OverFrames(before + 1)!.MultiplyAdds - layer.OverFrames(before)!.MultiplyAdds;
    }

    private void Run(ReadOnlySpan<float> parameters, int frames) => _network.Process(
        parameters, _stream.Span[.._network.StreamLength], _inputs.Span[..(frames * _network.InputChannels)],
        _outputs.Span[..(frames * _network.OutputChannels)], _workspace.Span);
}
