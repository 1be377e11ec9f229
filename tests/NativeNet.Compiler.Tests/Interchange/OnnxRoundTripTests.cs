extern alias runner;

using System.Runtime.InteropServices;
using NativeNet.Compiler.Tests.Differential;
using NativeNet.Description;
using NativeNet.Reference;
using NativeNet.Tests.Shared;
using NativeNet.Tests.Storage;
using runner::NativeNet.Program.Interchange;
using runner::NativeNet.Program.Interchange.Onnx;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>
/// Random networks leave and come back as what they were. More of them: <c>NATIVENET_SEED=1000 NATIVENET_NETWORKS=5000 dotnet test
/// --project tests/NativeNet.Compiler.Tests --filter-class '*.OnnxRoundTripTests'</c>.
/// </summary>
public sealed class OnnxRoundTripTests : IDisposable
{
    private const int Count = 3;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(Series.Seed ?? 0, Series.Networks ?? 40)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_network_that_was_an_ONNX_graph_predicts_with_the_same_bits(int seed)
    {
        (NetworkSpec spec, float[] parameters, float[] inputs) = Draw(seed);
        float[] expected = new ReferenceNetwork<float>(spec).Predict(parameters, inputs);
        foreach (bool isChannelsFirst in new[] { true, false })
        {
            ReadOnlyMemory<byte> file = OnnxWriter.Write(OnnxExport.Of(spec, parameters, isChannelsFirst), "network", "0");
            var import = OnnxImport.Of("file", new OnnxReader("file").Model(file));

            float[] theirs = isChannelsFirst ? ChannelsFirst(inputs, spec.Input) : inputs;
            float[] scores = new ReferenceNetwork<float>(import.Spec).Predict(import.Parameters, Reordered(theirs, import.Input));
            Assert.Equal(MemoryMarshal.AsBytes<float>(expected), MemoryMarshal.AsBytes<float>(scores));

            // Slopes may be as many as those of another shape of the same elements.
            if (!spec.Layers.Any(static layer => layer is PReluSpec))
                Assert.Equal(parameters, import.Parameters);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_state_dict_that_was_exported_is_imported_with_the_same_bits(int seed)
    {
        (NetworkSpec spec, float[] parameters, _) = Draw(seed);
        List<string> report = [];
        IReadOnlyList<NativeNet.Storage.SafetensorsTensor> tensors;
        try
        {
            tensors = PyTorchExport.Of(spec, parameters, report);
        }
        catch (NativeNet.Storage.StorageFormatException exception)
        {
            Assert.Contains("PyTorch", exception.Message, StringComparison.Ordinal);
            return;
        }

        NativeNet.Storage.SafetensorsFile.Write(_folder.File("s"), tensors, PyTorchExport.Metadata);
        Assert.Equal(tensors.Count, report.Count);
        Assert.Equal(MemoryMarshal.AsBytes<float>(parameters), MemoryMarshal.AsBytes<float>(new PyTorchImport(spec, _folder.File("s"), report).Parameters));
    }

    /// <summary>ONNX has output_padding of less than a step.</summary>
    [Theory]
    [InlineData("[3, 4, 2]", "\"type\": \"conv2dTranspose\", \"kernelSize\": [3, 2], \"strides\": [2, 3], \"outputPadding\": [5, 2]", "0,0,0,0,0,0,2,0", "1,2")]
    [InlineData("[3, 4, 2]", "\"type\": \"conv2dTranspose\", \"kernelSize\": [4, 1], \"strides\": [1, 2], \"padding\": \"same\", \"outputPadding\": [0, 3]", "0,0,0,0,0,0,0,2", "0,0")]
    [InlineData("[5, 2]", "\"type\": \"conv1dTranspose\", \"kernelSize\": 3, \"dilation\": 4, \"padding\": 1, \"outputPadding\": 3", "0,0,0,0,0,2", "0")]
    public void Steps_behind_what_a_transposed_convolution_reaches_are_zeros_behind_its_input(string input, string layer, string zeros, string outputPadding)
    {
        var spec = NetworkSpec.Parse($$"""{ "input": {{input}}, "layers": [{ {{layer}}, "filters": 2 }], "batchSize": 1 }""");
        OnnxModel model = OnnxExport.Of(spec, new float[spec.ParameterCount], isChannelsFirst: true);
        Assert.Equal(zeros, string.Join(',', model.Initializers.Single(static tensor => tensor.Name == "layers.0/zeros").ToIntegers()));
        Assert.Equal(
            outputPadding, string.Join(',', model.Nodes.Single(static node => node.Operator == "ConvTranspose").Attributes.Single(static attribute => attribute.Name == "output_padding").Integers));

        NetworkSpec back = OnnxImport.Of("file", new OnnxReader("file").Model(OnnxWriter.Write(model, "network", "0"))).Spec;
        Assert.Equal(Assert.Single(spec.Layers) with { Name = null }, Assert.Single(back.Layers) with { Name = null });
    }

    private static (NetworkSpec Spec, float[] Parameters, float[] Inputs) Draw(int seed)
    {
        var spec = NetworkSpec.Parse(NetworkDraw.Create(seed));
        var random = new Random(seed);
        float[] parameters = [.. spec.Layers.SelectMany(static layer => layer.Parameters).SelectMany(parameter
            => Enumerable.Range(0, parameter.Count).Select(_ => random.NextSingle() + (parameter.Name == "running_var" ? 0.5f : -0.5f)))];
        float[] inputs = [.. Enumerable.Range(0, Count * spec.Input.Length).Select(_ => (2 * random.NextSingle()) - 1)];
        return (spec, parameters, inputs);
    }

    /// <summary>Samples of (positions, channels) as (channels, positions).</summary>
    private static float[] ChannelsFirst(float[] samples, Shape shape)
        => [.. samples.Select((_, i) => samples[i - (i % shape.Length) + (i % shape.Positions * shape.Channels) + (i % shape.Length / shape.Positions)])];

    private static float[] Reordered(float[] samples, AxisMap map)
        => map.Positions() is { } positions ? [.. samples.Select((_, i) => samples[i - (i % map.Length) + positions[i % map.Length]])] : samples;
}
