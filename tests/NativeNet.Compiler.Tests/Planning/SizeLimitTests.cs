using System.Globalization;
using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Tests.Shared;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>What the format accepts, every target can lay out: no length and no place overflows.</summary>
public sealed class SizeLimitTests
{
    /// <summary>Networks for an input of N elements, each with buffers of other kinds; § stands for N.</summary>
    public static TheoryData<string> Networks =>
    [
        """{ "input": [3], "layers": [{ "type": "dense", "units": §, "activation": "gelu" }, { "type": "dense", "units": 33, "activation": "silu" }, { "type": "dense", "units": 1 }], """,
        """{ "input": [§, 64, 1], "layers": [{ "type": "conv2d", "filters": 512, "kernelSize": 1, "activation": "gelu" }, { "type": "globalAveragePool" }, { "type": "dense", "units": 1 }], """,
        """{ "input": [§, 64, 1], "layers": [{ "type": "conv2d", "filters": 64, "kernelSize": 1, "activation": "silu" }, { "type": "batchNorm" }, { "type": "layerNorm" }, { "type": "dropout", "rate": 0.5 }, { "type": "globalAveragePool" }, { "type": "dense", "units": 1 }], """,
        """{ "input": [§, 64], "layers": [{ "type": "layerNorm", "name": "a" }, { "type": "prelu" }, { "type": "multiply", "from": "a" }, { "type": "concat", "from": "input" }, { "type": "flatten" }, { "type": "dense", "units": 5 }], """,
        """{ "input": [4], "layers": [{ "type": "dense", "units": §, "activation": "gelu", "name": "a" }, { "type": "layerNorm" }, { "type": "add", "from": "a" }, { "type": "dense", "units": § }], """,
        """{ "input": [1], "layers": [""" + string.Join(", ", Enumerable.Repeat("""{ "type": "dense", "units": 1, "activation": "gelu" }, { "type": "prelu" }""", 120)) + """, { "type": "dense", "units": § }], """,
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_largest_network_of_a_kind_has_a_program(string network)
    {
        long most = 0;
        foreach (int batch in (int[])[1, 3, 5, 9, 17, 33, 1000, 65536])
        {
            int least = 0, beyond = (1 << 16) + 1;
            while (beyond - least > 1)
            {
                int middle = (least + beyond) / 2;
                (least, beyond) = Parse(network, middle, batch) is null ? (least, middle) : (middle, beyond);
            }

            if (Parse(network, least, batch) is not { } largest)
                continue;

            foreach (Target target in (Target[])[Target.Simd, Target.Scalar])
                most = Math.Max(most, LengthOf(largest, target));
        }

        // The bound is one that a plan comes near.
        Assert.InRange(most, NetworkLimits.Workspace / 10, int.MaxValue);
    }

    [Fact]
    public void Networks_at_the_limits_of_their_keys_have_programs()
    {
        int planned = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            if (NetworkParser.Parse(RandomGraphs.CreateWide(seed)).Spec is not { } spec)
                continue;

            foreach (Target target in (Target[])[Target.Simd, Target.Scalar])
                Assert.InRange(LengthOf(spec, target), 1, int.MaxValue);
            planned++;
        }

        Assert.InRange(planned, 100, 300);
    }

    private static NetworkSpec? Parse(string network, int size, int batch)
        => NetworkParser.Parse(network.Replace("§", size.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + string.Create(CultureInfo.InvariantCulture, $$"""  "loss": "meanSquaredError", "batchSize": {{batch}} }""")).Spec;

    /// <summary>The longest workspace; the planner throws where one is longer than an <see cref="int"/> counts.</summary>
    private static int LengthOf(NetworkSpec spec, Target target)
    {
        Program program = Planner.Create(spec, target);
        return Math.Max(program.TrainStep.Workspace.Length, Math.Max(program.Predict.Workspace.Length, program.PredictBatch.Workspace.Length));
    }
}
