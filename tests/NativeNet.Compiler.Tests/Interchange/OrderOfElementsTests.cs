extern alias runner;

using NativeNet.Description;
using NativeNet.Generators.Tests.Description;
using NativeNet.Storage;
using runner::NativeNet.Program.Interchange;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>Which networks need files that say in which order their elements lie.</summary>
public sealed class OrderOfElementsTests
{
    private const string Dense = """{ "type": "dense", "units": 5 }""";
    private const string Flatten = """{ "type": "flatten" }""";

    [Theory]
    [InlineData("4", Dense, false)]
    [InlineData("5", Dense, true)]
    [InlineData("4, 4, 1", Flatten + "," + Dense, false)]
    [InlineData("1, 1, 4", Flatten + "," + Dense, false)]
    [InlineData("4, 4, 2", Flatten + "," + Dense, true)]
    [InlineData("4, 4, 2", Flatten + """,{ "type": "batchNorm" },""" + Dense, true)]
    [InlineData("4, 4, 2", """{ "type": "globalAveragePool" },""" + Dense, false)]
    [InlineData("4, 4, 2", Flatten + """,{ "type": "dense", "units": 7 },""" + Dense, true)]
    [InlineData("9, 9, 3", """{ "type": "conv2d", "filters": 4, "kernelSize": 3 }""", true)]
    [InlineData("9, 9, 3", """{ "type": "conv2d", "filters": 4, "kernelSize": [3, 2] }""", false)]
    [InlineData("9, 9, 3", """{ "type": "conv2d", "filters": 4, "kernelSize": 1 }""", false)]
    [InlineData("9, 9, 3", """{ "type": "depthwiseConv2d", "kernelSize": 3, "depthMultiplier": 1 }""", false)]
    [InlineData("9, 3", """{ "type": "conv1d", "filters": 4, "kernelSize": 3 }""", true)]
    [InlineData("12", """{ "type": "reshape", "shape": [2, 2, 3] },{ "type": "conv2d", "filters": 4, "kernelSize": 1 },{ "type": "globalAveragePool" },""" + Dense, false)]
    [InlineData("2, 2, 3", """{ "type": "reshape", "shape": [4, 3] },""" + Flatten + "," + Dense, true)]
    public void Shapes_tell_the_order_or_do_not(string input, string layers, bool isAmbiguous)
        => Assert.Equal(isAmbiguous, OrderOfElements.IsAmbiguous(NetworkSpec.Parse($$"""{ "input": [{{input}}], "layers": [{{layers}}], "batchSize": 2 }""")));

    /// <summary>A tensor that has PyTorch's shape and another order there makes a network ambiguous.</summary>
    [Fact]
    public void Every_network_here_is_ambiguous_where_a_tensor_of_the_same_shape_is_reordered()
    {
        int ambiguous = 0;
        foreach (string path in Directory.EnumerateFiles(Path.Combine(ModelFiles.Root, "tests", "NativeNet.Tests", "Networks"), "*.nn.json"))
        {
            var spec = NetworkSpec.Parse(File.ReadAllText(path));
            bool isReordered = IsReordered(spec);
            Assert.True(!isReordered || OrderOfElements.IsAmbiguous(spec), path);
            ambiguous += isReordered ? 1 : 0;
        }

        Assert.True(ambiguous > 3);
    }

    private static bool IsReordered(NetworkSpec spec)
    {
        try
        {
            return PyTorchTensor.Of(spec).SelectMany(static layer => layer.Zip(layer[0].Layer.Parameters)).Any(static tensor
                => tensor.First.Shape.SequenceEqual(tensor.Second.Dimensions) && !tensor.First.Places.SequenceEqual(tensor.First.Places.Order()));
        }
        catch (StorageFormatException)
        {
            // PyTorch has no layers in whose place these could stand.
            return false;
        }
    }
}
