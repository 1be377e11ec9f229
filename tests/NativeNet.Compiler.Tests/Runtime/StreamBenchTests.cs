extern alias runner;
using NativeNet.Description;
using NativeNet.Storage;
using runner::NativeNet.Program.Bench;
using runner::NativeNet.Runtime;

namespace NativeNet.Compiler.Tests.Runtime;

/// <summary>What a frame of a signal is taken to cost.</summary>
public sealed class StreamBenchTests
{
    /// <summary>All taps count, those before the signal too, and the layers behind a last state once a frame.</summary>
    [Theory]
    [InlineData("""{ "type": "conv1d", "filters": 4, "kernelSize": 3, "dilation": 5, "padding": "causal" }, { "type": "dense", "units": 2 }""", (3 * 3 * 4) + (4 * 2))]
    [InlineData("""{ "type": "gru", "units": 5, "returnSequences": true }, { "type": "lstm", "units": 4 }, { "type": "dense", "units": 2 }""", (3 * 5 * (3 + 5)) + (4 * 4 * (5 + 4)) + (4 * 2))]
    public void A_frame_has_the_multiply_adds_of_full_windows(string layers, int work)
    {
        string json = $$"""{ "input": [4, 3], "layers": [{{layers}}], "loss": "meanSquaredError", "batchSize": 1 }""";
        var network = RuntimeNetwork.Parse(json);
        using var parameters = new AlignedBuffer<float>(network.Tensors.Length);
        using var bench = new StreamBench(network.Streaming!, NetworkSpec.Parse(json));

        Workload[] workloads = [.. bench.Workloads(parameters)];
        Assert.Equal([("one frame", work, 1), ("64 frames", 64 * work, 64)], workloads.Select(static own => (own.Name, (int)own.Work, own.Samples)));
        Assert.All(workloads, static own => own.Run());
    }
}
