using System.Globalization;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>Valid network files of any shape, from a seed.</summary>
internal static class RandomNetworks
{
    /// <summary>Sizes around every boundary of panels, chains, vectors and strides, and a few large ones.</summary>
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 100, 127, 128, 200, 512, 1000, 1024];

    private static readonly string[] Activations = ["none", "relu", "leakyRelu", "tanh", "sigmoid", "elu", "gelu", "silu", "hardSwish", "softplus", "relu6", "clip"];
    private static readonly string[] Initializers = ["heNormal", "heUniform", "glorotUniform", "normal"];
    private static readonly string[] Losses = ["softmaxCrossEntropy", "binaryCrossEntropy", "meanSquaredError"];

    private static readonly string[] Between =
        ["""{ "type": "layerNorm" }""", """{ "type": "batchNorm" }""", """{ "type": "dropout", "rate": 0.25 }""", """{ "type": "softmax" }"""];

    public static string Create(int seed)
    {
        Random random = new(seed), between = new(~seed);
        string loss = Pick(Losses, random);
        int hidden = random.Next(0, 5);

        var layers = new List<string>();
        string input = random.Next(3) switch
        {
            0 => Image(random, layers),
            _ => Text(Pick(Sizes, random)),
        };
        for (int i = 0; i < hidden; i++)
        {
            layers.Add(Dense(random, Pick(Sizes, random), Pick(Activations, random)));
            if (between.Next(3) == 0)
                layers.Add(Pick(Between, between));
        }

        layers.Add(Dense(
            random,
            loss == "softmaxCrossEntropy" ? 1 + Pick(Sizes, random) : Pick(Sizes, random),
            loss == "meanSquaredError" ? Pick(Activations, random) : "none"));

        int batchSize = Math.Max(Pick(Sizes, random), layers.Contains(Between[1]) ? 2 : 1);
        return $$"""{ "input": [{{input}}], "layers": [{{string.Join(", ", layers)}}], "loss": "{{loss}}", "batchSize": {{Text(batchSize)}} }""";
    }

    private static string Image(Random random, List<string> layers)
    {
        int[] sides = [random.Next(1, 12), random.Next(1, 12), random.Next(1, 4)];
        int rank = random.Next(2, 4);
        for (int i = random.Next(0, 4); rank == 3 && i > 0; i--)
            layers.Add(random.Next(3) == 0 ? Pool(random) : Conv(random));
        layers.Add("""{ "type": "flatten" }""");
        return string.Join(", ", sides.Take(rank).Select(Text));
    }

    private static string Pool(Random random)
        => $$"""{ "type": "maxPool2d", "poolSize": {{Text(random.Next(1, 4))}}, "strides": {{Text(random.Next(1, 3))}}, "padding": "same" }""";

    private static string Conv(Random random)
        => $$"""{ "type": "conv2d", "filters": {{Text(random.Next(1, 40))}}, "kernelSize": [{{Text(random.Next(1, 8))}}, {{Text(random.Next(1, 8))}}], "strides": {{Text(random.Next(1, 4))}}, "dilation": {{Text(random.Next(1, 3))}}, "padding": "same", "bias": {{(random.Next(2) == 0 ? "true" : "false")}}, "activation": "relu" }""";

    private static string Dense(Random random, int units, string activation)
    {
        string slope = activation switch
        {
            "leakyRelu" => """, "negativeSlope": 0.3""",
            "elu" => """, "alpha": 0.7""",
            "clip" => """, "min": -0.25, "max": 0.5""",
            _ => "",
        };
        return $$"""{ "type": "dense", "units": {{Text(units)}}, "activation": "{{activation}}"{{slope}}, "initializer": "{{Pick(Initializers, random)}}", "gain": 0.{{Text(random.Next(1, 1000))}} }""";
    }

    private static T Pick<T>(T[] from, Random random) => from[random.Next(from.Length)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
