using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Generators.Tests.Description;
using NativeNet.Generators.Tests.Pipeline;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>Every program holds together, for every target.</summary>
public sealed class ProgramTests
{
    public static TheoryData<string> Targets => ["simd", "scalar"];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Programs_of_random_networks_hold_together(string target)
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Program program = Plan(RandomNetworks.Create(seed), target);
            if (program.TrainStep.Workspace.Length < 300_000)
                ProgramCheck.Run(program);
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Programs_of_the_models_hold_together(string target)
    {
        foreach (string path in ModelFiles.Valid)
            ProgramCheck.Run(Plan(File.ReadAllText(path), target));
    }

    /// <summary>Hidden values and scores, a loss, and gradients in their places.</summary>
    [Fact]
    public void One_sample_is_trained_in_the_room_of_its_values()
    {
        string digits = File.ReadAllText(Path.Combine(ModelFiles.Root, "models", "digits.nn.json"));
        Program program = Planner.Create(NetworkSpec.Parse(digits) with { BatchSize = 1 }, Target.Scalar);

        Assert.Equal(32 + 10 + 1, program.TrainStep.Workspace.Length);
        ProgramCheck.Run(program);
    }

    /// <summary>16 chains of 3 · 3 · 8 · 8 weights and 8 biases, or what 16 or 256 images of 4 · 4 · 8 hold before and behind the layer.</summary>
    [Theory]
    [InlineData(16, false)]
    [InlineData(256, true)]
    public void Sums_are_handed_on_where_they_are_less_than_the_values_of_a_batch(int batch, bool expected)
    {
        Program program = Plan($$"""{ "input": [4, 4, 8], "layers": [{ "type": "conv2d", "filters": 8, "kernelSize": 3, "padding": "same" }, { "type": "batchNorm" }, { "type": "flatten" }, { "type": "dense", "units": 4 }], "loss": "softmaxCrossEntropy", "batchSize": {{batch}} }""", "simd");
        Call[] updates = [.. program.TrainStep.Calls.Where(static call => call.Op.Kind == OpKind.Update).OrderBy(static call => call.Op.Layer!.Index)];

        // The batch normalization's gradients are sums that its rows have waited for; a dense layer's are one chain.
        Assert.Equal([expected, false, false], updates.Select(program.HandsSumsOn));
        Assert.Equal([2, 0, 2], updates.Select(static update => update.WorkspaceReads.Count()));
    }

    /// <summary>
    /// What convolutions put out is kept, 9 values, and what a normalization makes of it is computed again: with that and two
    /// gradients nothing else is of that size.
    /// </summary>
    [Fact]
    public void Normalized_convolutions_train_in_the_memory_of_what_they_keep()
    {
        const int blocks = 9, batch = 32, length = 6 * 5 * 16;
        string layers = string.Join(", ", Enumerable.Repeat("""{ "type": "conv2d", "filters": 16, "kernelSize": 3, "padding": "same" }, { "type": "batchNorm" }, { "type": "activation", "activation": "relu" }""", blocks));
        Program program = Plan($$"""{ "input": [6, 5, 16], "layers": [{{layers}}, { "type": "globalAveragePool" }, { "type": "dense", "units": 4 }], "loss": "softmaxCrossEntropy", "batchSize": {{batch}} }""", "simd");

        ProgramCheck.Run(program);
        int big = program.TrainStep.Workspace.Buffers.Where(static buffer => buffer.Length == length * batch).Select(static buffer => buffer.Offset).Distinct().Count();
        Assert.InRange(big, blocks, blocks + 3);
        Assert.True(program.TrainStep.Workspace.Length - program.ScratchLength < (blocks + 5) * length * batch);
    }

    internal static Program Plan(string json, string target)
        => Planner.Create(NetworkSpec.Parse(json), target == "simd" ? Target.Simd : Target.Scalar);
}
