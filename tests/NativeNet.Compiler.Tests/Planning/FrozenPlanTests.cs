extern alias runner;

using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Training;
using runner::NativeNet.Runtime;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>Frozen layers cost neither gradients nor state, and what lies before the first that learns keeps nothing.</summary>
public sealed class FrozenPlanTests
{
    private const string Extractor = """
        { "type": "conv2d", "filters": 8, "kernelSize": 3, "activation": "relu"KEY },
        { "type": "conv2d", "filters": 8, "kernelSize": 3, "activation": "relu"KEY },
        { "type": "conv2d", "filters": 8, "kernelSize": 3, "activation": "relu"KEY },
        { "type": "globalAveragePool" },
        """;

    [Fact]
    public void The_way_back_ends_at_the_first_layer_that_learns()
    {
        Program program = Plan(", \"trainable\": false", Target.Scalar);
        Assert.Equal(["dense"], program.TrainStep.Calls.Where(static call => call.Op.Kind is OpKind.Backward or OpKind.Update or OpKind.BackwardUpdate).Select(static call => call.Op.Layer!.Type).Distinct());
        Assert.DoesNotContain(program.TrainStep.Workspace.Buffers, static buffer => buffer.Name.StartsWith("Conv", StringComparison.Ordinal) && buffer.Name.EndsWith("Gradient", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_whose_biases_learn_alone_need_no_inputs_kept()
    {
        Program biases = Plan(", \"trainable\": \"bias\"", Target.Scalar), all = Plan("", Target.Scalar);
        Assert.All(
            biases.TrainStep.Calls.Where(static call => call.Op is { Kind: OpKind.Update, Layer: ConvSpec }),
            static call => Assert.Single(call.Reads));
        Assert.True(biases.TrainStep.Workspace.Length <= all.TrainStep.Workspace.Length);
    }

    /// <summary>A sample at a time, a head over a frozen part takes what a prediction takes and the head's own values.</summary>
    [Fact]
    public void Training_a_head_takes_little_more_memory_than_predicting()
    {
        Program frozen = Plan(", \"trainable\": false", Target.Scalar), all = Plan("", Target.Scalar);
        Assert.True(frozen.TrainStep.Workspace.Length < frozen.Predict.Workspace.Length + 32, $"{frozen.TrainStep.Workspace.Length} floats, for a prediction {frozen.Predict.Workspace.Length}");
        Assert.True(2 * frozen.TrainStep.Workspace.Length < all.TrainStep.Workspace.Length, $"{frozen.TrainStep.Workspace.Length} floats, of all layers {all.TrainStep.Workspace.Length}");
    }

    [Fact]
    public void What_is_trained_lies_in_front_and_what_is_frozen_behind_what_is_gathered()
    {
        NetworkSpec spec = NetworkSpec.Parse("""
            {
              "input": [4],
              "layers": [
                { "type": "normalization" }, { "type": "dense", "units": 3, "trainable": "bias" }, { "type": "batchNorm", "trainable": false },
                { "type": "dense", "units": 5 }, { "type": "batchNorm" }, { "type": "dense", "units": 2 }
              ],
              "loss": "softmaxCrossEntropy", "batchSize": 4
            }
            """);
        var layout = ParameterLayout.Create(spec, Target.Scalar);
        Assert.Equal(
            [
                "layers.1.bias", "layers.3.weight", "layers.3.bias", "layers.4.weight", "layers.4.bias", "layers.5.weight", "layers.5.bias",
                "layers.0.mean", "layers.0.deviation", "layers.4.running_mean", "layers.4.running_var",
                "layers.1.weight", "layers.2.weight", "layers.2.bias", "layers.2.running_mean", "layers.2.running_var",
            ],
            layout.Tensors.OrderBy(static tensor => tensor.Offset).Select(static tensor => tensor.Name));
        Assert.Equal(3 + 15 + 5 + 5 + 5 + 10 + 2, layout.TrainedLength);
        Assert.Equal(layout.TrainedLength + 8 + 10, layout.LearnedLength);
    }

    [Theory]
    [InlineData(", \"trainable\": false")]
    [InlineData(", \"trainable\": \"bias\"")]
    public void Steps_leave_frozen_tensors_as_they_are_and_move_all_others(string key)
    {
        var network = (TrainableNetwork<int>)RuntimeNetwork.Parse(Json(key));
        float[] parameters = new float[network.ParametersLength], state = new float[Adam.StateCount * network.TrainedLength];
        network.Initialize(parameters, seed: 3);
        float[] before = [.. parameters], workspace = new float[network.TrainingWorkspaceLength];
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, 4 * network.InputLength).Select(_ => random.NextSingle())];
        for (int step = 1; step <= 3; step++)
            network.TrainStep(parameters, state, inputs, [0, 1, 2, 1], new Adam(0.01f, weightDecay: 0.1f), step, workspace);

        Assert.Contains(network.Tensors.Slots, static slot => slot.IsFrozen);
        Assert.All(network.Tensors.Slots, slot =>
        {
            bool isSame = parameters.AsSpan(slot.Offset, slot.Matrix.Length).SequenceEqual(before.AsSpan(slot.Offset, slot.Matrix.Length));
            Assert.Equal(slot.IsFrozen, isSame);
        });
    }

    private static Program Plan(string key, Target target) => Planner.Create(NetworkSpec.Parse(Json(key)) with { BatchSize = 1 }, target);

    private static string Json(string key) => $$"""
        { "input": [16, 16, 3], "layers": [{{Extractor.Replace("KEY", key, StringComparison.Ordinal)}} { "type": "dense", "units": 4 }], "loss": "softmaxCrossEntropy", "batchSize": 4 }
        """;
}
