using System.Buffers.Binary;
using System.Text;
using NativeNet.Compiler.Emit.C;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Tests.Emit.C;

/// <summary>Weights as constant data: text, and beyond 300,000 numbers a binary file that the assembler includes.</summary>
public sealed class CWeightsTests
{
    [Theory]
    [InlineData(1000, "n_weights.c")]
    [InlineData(1001, "n_weights.bin", "n_weights.S")]
    public void Many_weights_lie_in_a_binary_file(int inputs, params string[] files)
    {
        CExport export = Describe(inputs);
        CFile[] first = [.. CFiles.Write(export)], second = [.. CFiles.Write(export)];

        Assert.Equal(["n.h", "n.c", .. files], first.Select(static file => file.Name));
        Assert.All(first.Zip(second), static pair => Assert.Equal(pair.First.Content, pair.Second.Content));
        Assert.Contains($"n_weights; /* {files[^1]} */", Encoding.UTF8.GetString(first[0].Content), StringComparison.Ordinal);
        if (files.Length == 1)
            return;

        float[] expected = new Differential.Packing(export.Program.Parameters.Table).Pack(export.Weights!);
        Assert.Equal(expected.Length * sizeof(float), first[2].Content.Length);
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(i => BinaryPrimitives.ReadSingleLittleEndian(first[2].Content.AsSpan(i * sizeof(float)))));
    }

    /// <summary>The self-test compares the hash of what the linker found with that of the exported weights.</summary>
    [Fact]
    public void The_assembler_includes_them()
    {
        CCompiler.Require();
        CExport export = Describe(1001);
        using var network = new CNetwork(export.Program.Spec, rule: null, export.Weights, ["-std=c99", "-O1"]);
        Assert.Equal(0, network.SelfTest());
    }

    private static CExport Describe(int inputs)
    {
        NetworkSpec spec = NetworkSpec.Parse($$"""
            { "input": [{{inputs}}], "layers": [{ "type": "dense", "units": 300, "bias": false }], "batchSize": 1 }
            """);
        float[] weights = [.. Enumerable.Range(0, spec.ParameterCount).Select(static i => (i % 1013 - 506) / 1024f)];
        return new CExport("n", "n.nn.json", Planner.Create(spec, Target.Scalar), null, weights, NetworkFingerprint.Of(spec));
    }
}
