using System.Runtime.CompilerServices;
using NativeNet.Description;
using NativeNet.Reference;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Tests.Agreement;

/// <summary>The reference computes what PyTorch computes: scores, losses and gradients that <c>make.py</c> stored.</summary>
public sealed class AgreementTests
{
    private static readonly string Folder = Path.GetDirectoryName(Here())!;

    public static TheoryData<string> Networks
        => [.. Directory.GetFiles(Folder, "*.nn.json").Select(static path => Path.GetFileName(path)[..^".nn.json".Length]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Scores_losses_and_gradients_are_those_of_another_library(string name)
    {
        NetworkSpec spec = NetworkSpec.Parse(File.ReadAllText(Path.Combine(Folder, name + ".nn.json")));
        Dictionary<string, float[]> stored = SafetensorsFile.Read(Path.Combine(Folder, name + ".safetensors"))
            .Tensors.ToDictionary(static tensor => tensor.Name, static tensor => tensor.Values.ToArray());
        (string Name, int Count)[] tensors =
        [
            .. spec.Layers.SelectMany(static layer => layer.Parameters.Select(tensor => (TensorSlot.NameOf(layer.Index, tensor.Name), tensor.Count))),
        ];
        float[] parameters = [.. tensors.SelectMany(tensor => stored[tensor.Name])];
        int[] labels = [.. stored["labels"].Select(static label => (int)label)];
        var network = new ReferenceNetwork<float>(spec);

        float[] scores = network.Predict(parameters, stored["inputs"]);
        (float loss, float[] gradients) = network.Backpropagate(parameters, stored["inputs"], labels);

        int longest = LongestSum(spec, labels.Length);
        Compare("scores", stored["scores"], scores, longest);
        Compare("loss", stored["loss"], [loss], longest);
        int next = 0;
        foreach ((string Name, int Count) tensor in tensors)
        {
            float[] own = gradients[next..(next + tensor.Count)];
            next += tensor.Count;
            if (stored.TryGetValue("gradient." + tensor.Name, out float[]? expected))
                Compare(tensor.Name, expected, own, longest);
        }
    }

    /// <summary>
    /// But views and concat, which compute nothing, multiply, which rounds once and whose derivatives central differences
    /// check, dropout, whose chance is the project's own, and normalization and scale, which PyTorch has no layers for.
    /// </summary>
    [Fact]
    public void Every_type_of_layer_is_compared()
    {
        string[] compared = [.. Networks.SelectMany(static row => NetworkSpec.Parse(File.ReadAllText(Path.Combine(Folder, row.Data + ".nn.json"))).Layers)
            .Where(static layer => !layer.IsView).Select(static layer => layer.GetType().Name).Distinct().Order(StringComparer.Ordinal)];
        string[] all = [.. typeof(LayerSpec).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(LayerSpec)) && !type.IsAbstract)
            .Select(static type => type.Name).Where(static name => name is not ("FlattenSpec" or "ReshapeSpec" or "ConcatSpec" or "MultiplySpec" or "DropoutSpec" or "NormalizationSpec" or "ScaleSpec")).Order(StringComparer.Ordinal)];

        Assert.Equal(all, compared);
    }

    /// <summary>
    /// Two orders of a sum of n terms differ by at most n roundings of the largest partial sum; the largest value of a tensor
    /// stands for that.
    /// </summary>
    private static void Compare(string what, float[] expected, float[] actual, int longest)
    {
        float largest = expected.Max(Math.Abs), tolerance = longest * MathF.Pow(2, -23) * largest;
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(largest > 1e-3f, $"{what} are all but zero");
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{what}, element {i}: {actual[i]} instead of {expected[i]}, tolerance {tolerance}");
    }

    /// <summary>The most terms of any sum: products of a forward sum, or samples times positions of a gradient.</summary>
    private static int LongestSum(NetworkSpec spec, int count) => spec.Layers.Max(layer => Math.Max(
        layer.Parameters.Select(static parameter => parameter.Count / parameter.Dimensions[0]).DefaultIfEmpty(1).Max(),
        count * layer.Output.Length / layer.Output.Dimensions[layer.Output.Rank - 1]));

    private static string Here([CallerFilePath] string path = "") => path;
}
