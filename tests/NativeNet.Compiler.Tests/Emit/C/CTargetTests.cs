using NativeNet.Description;
using NativeNet.Training;

namespace NativeNet.Compiler.Tests.Emit.C;

/// <summary>Targets that a loss does not take: an error of the call, and nothing is written.</summary>
public sealed class CTargetTests
{
    private const int TargetOutOfRange = 3;

    [Theory]
    [InlineData("softmaxCrossEntropy", 0, 2)]
    [InlineData("softmaxCrossEntropy", 1, -1)]
    [InlineData("binaryCrossEntropy", 0, 1.0001f)]
    [InlineData("binaryCrossEntropy", 3, -0.5f)]
    [InlineData("binaryCrossEntropy", 2, float.NaN)]
    [InlineData("meanSquaredError", 0, float.NegativeInfinity)]
    [InlineData("meanSquaredError", 3, float.NaN)]
    public void A_target_out_of_range_is_refused(string loss, int place, float wrong)
    {
        CCompiler.Require();
        NetworkSpec spec = Parse(loss);
        using var network = new CNetwork(spec, new UpdateRuleSpec(UpdateRuleKind.Sgd, 0.1f, 0, 0), weights: null, ["-std=c99", "-O1"]);
        float[] parameters = network.Initialize(seed: 1), before = [.. parameters], inputs = [1, 2, 3, 4, 5, 6];
        bool isOfClasses = spec.Loss == LossKind.SoftmaxCrossEntropy;
        float[] values = isOfClasses ? [0, 1] : [0, 1, 0.5f, 0];
        Array Targets() => isOfClasses ? values.Select(static value => (int)value).ToArray() : values;
        network.Start(seed: 0);

        float good = network.Loss(network.Unpack(parameters), inputs, Targets(), count: 2);
        Assert.True(float.IsFinite(good));
        values[place] = wrong;

        Assert.Equal(TargetOutOfRange, network.TryLoss(parameters, inputs, Targets(), count: 2, out float meanLoss));
        Assert.Equal(TargetOutOfRange, network.TryTrainStep(parameters, inputs, Targets(), count: 2, out float stepLoss));
        Assert.Equal([float.NaN, float.NaN], [meanLoss, stepLoss]);
        Assert.Equal(before, parameters);
    }

    private static NetworkSpec Parse(string loss) => NetworkSpec.Parse($$"""
        { "input": [3], "layers": [{ "type": "dense", "units": 2 }], "loss": "{{loss}}", "batchSize": 2 }
        """);
}
