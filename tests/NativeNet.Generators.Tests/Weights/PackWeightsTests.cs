extern alias Build;
extern alias Library;

using Build::NativeNet.Build;
using Library::NativeNet.Description;
using Library::NativeNet.Storage;

namespace NativeNet.Generators.Tests.Weights;

/// <summary>What the build writes of weights, and when it leaves what it wrote as it is.</summary>
public sealed class PackWeightsTests : IDisposable
{
    private const string Network = """{ "input": [3], "layers": [{ "type": "dense", "units": 2 }], "loss": "meanSquaredError", "batchSize": 4 }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("nativenet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Code => Path.Combine(_folder, "obj", "w.g.cs");

    private string Index => Path.Combine(_folder, "obj", "w.nn.weights");

    [Fact]
    public void Weights_are_packed_in_the_layout_of_the_kernels()
    {
        Save(Network, 1, 2, 3, 4, 5, 6, float.NaN, -0f);
        Run();

        Assert.EndsWith("n.nn.json\tn.safetensors\tPacked\t\n", File.ReadAllText(Index), StringComparison.Ordinal);

        // One panel of 4 columns, of which 2 are outputs; a row of it is one input's weights; then the biases.
        string[] numbers = [.. File.ReadAllText(Code).Split("new uint[]")[1].Split('{')[1].Split('}')[0].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(["0x3f800000", "0x40800000", "0", "0", "0x40000000", "0x40a00000", "0", "0", "0x40400000", "0x40c00000"], numbers[..10]);
        Assert.Equal(["0xffc00000", "0x80000000"], numbers[16..18]);
    }

    [Fact]
    public void A_file_of_another_network_is_named_with_what_is_wrong()
    {
        Save(Network.Replace("[3]", "[2]", StringComparison.Ordinal), 1, 2, 3, 4, 5, 6);
        Run();

        Assert.EndsWith(
            "n.nn.json\tn.safetensors\tWrong\tn.safetensors: tensor 'layers.0.weight' is [2, 2], the network's is [2, 3]; it belongs to another network\n",
            File.ReadAllText(Index), StringComparison.Ordinal);
        Assert.False(File.Exists(Code));

        File.WriteAllText(Path.Combine(_folder, "n.safetensors"), "no tensors");
        Run();
        Assert.Contains("\tWrong\tn.safetensors: ", File.ReadAllText(Index), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_hold_its_elements_in_another_order_is_refused()
    {
        string ambiguous = Network.Replace("2 }", "3 }", StringComparison.Ordinal), path = Path.Combine(_folder, "n.safetensors");
        File.WriteAllText(Path.Combine(_folder, "n.nn.json"), ambiguous);
        Save(ambiguous, new float[12]);
        Run();
        Assert.Contains("\tPacked\t", File.ReadAllText(Index), StringComparison.Ordinal);

        SafetensorsFile.Write(path, SafetensorsFile.Read(path).Tensors);
        Run();
        Assert.Contains("\tWrong\tn.safetensors: does not say in which order its elements lie", File.ReadAllText(Index), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_comes_and_goes_is_noticed_and_nothing_else_is_written()
    {
        Run();
        Assert.EndsWith("n.nn.json\tn.safetensors\tMissing\t\n", File.ReadAllText(Index), StringComparison.Ordinal);
        Assert.False(File.Exists(Code));

        Save(Network, new float[8]);
        Run();
        Assert.True(File.Exists(Code));
        DateTime written = DateTime.UnixEpoch;
        File.SetLastWriteTimeUtc(Code, written);
        File.SetLastWriteTimeUtc(Index, written);
        Run();
        Assert.Equal((written, written), (File.GetLastWriteTimeUtc(Code), File.GetLastWriteTimeUtc(Index)));

        File.Delete(Path.Combine(_folder, "n.safetensors"));
        Run();
        Assert.False(File.Exists(Code));

        Run("partial struct N;");
        Assert.False(File.Exists(Index));
    }

    private void Save(string network, params float[] rowMajor)
        => ParameterFile.Save(Path.Combine(_folder, "n.safetensors"), NetworkSpec.Parse(network), rowMajor);

    private void Run(string source = "[Network(\"n.nn.json\", Weights = \"n.safetensors\")] partial struct N;")
    {
        string code = Path.Combine(_folder, "N.cs"), network = Path.Combine(_folder, "n.nn.json"), weights = Path.Combine(_folder, "n.safetensors");
        File.WriteAllText(code, source);
        if (!File.Exists(network))
            File.WriteAllText(network, Network);

        var task = new PackWeights
        {
            Sources = [new FileItem(code)],
            NetworkFiles = [new FileItem(network), new FileItem(code)],
            WeightsFiles = File.Exists(weights) ? [new FileItem(weights)] : [],
            Code = Code,
            Index = Index,
        };
        Assert.True(task.Execute());
    }
}
