using System.Globalization;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>What is unrolled is a tile: the size of the code does not follow the size of the layers.</summary>
public sealed class CodeSizeTests
{
    [Theory]
    [InlineData(64, 32)]
    [InlineData(200, 10)]
    [InlineData(512, 480)]
    public void A_layer_many_times_as_large_is_no_more_code(int inputs, int units)
    {
        int small = Length(inputs, units), large = Length(inputs * 4, units <= 32 ? units : units * 4);

        Assert.InRange(large, small * 0.9, small * 1.1);
    }

    [Fact]
    public void No_layer_is_more_than_its_bound()
    {
        for (int units = 1; units <= 70; units += units < 36 ? 1 : 9)
        {
            foreach (int inputs in (int[])[1, 7, 16, 33, 64, 100])
                Assert.InRange(Length(inputs, units), 20_000, 160_000);
        }
    }

    /// <summary>The characters of a network of one layer, at all three widths.</summary>
    private static int Length(int inputs, int units)
    {
        string json = string.Create(CultureInfo.InvariantCulture, $$"""
            { "input": [{{inputs}}], "layers": [ { "type": "dense", "units": {{units}} } ], "loss": "meanSquaredError", "batchSize": 64 }
            """);
        return GeneratorRun.Of("""[NativeNet.Network("n.nn.json")] readonly partial struct N;""", ("n.nn.json", json)).Text().Length;
    }
}
