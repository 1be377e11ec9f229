using NativeNet.Description;
using NativeNet.Reference;
using NativeNet.Storage;

namespace NativeNet.Tests.Networks;

/// <summary>A network without a loss predicts, whatever its last layer is, and has nothing of training.</summary>
public sealed class PredictingTests
{
    private const int Count = 35;

    [Fact]
    public void It_has_no_members_of_training()
    {
        Type[] contracts = typeof(Features).GetInterfaces();

        Assert.Equal([typeof(INetwork)], contracts);
        Assert.Null(typeof(Features).GetMethod("TrainStep"));
        Assert.Null(typeof(Features).GetField("TrainingWorkspaceLength"));
        Assert.Null(Features.Training);
        Assert.DoesNotContain("training", Features.Plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_are_those_of_the_reference()
    {
        Compare<Features>(Count);
        Compare<Probabilities>(9);
    }

    private static void Compare<TNetwork>(int count)
        where TNetwork : struct, INetwork
    {
        var reference = new ReferenceNetwork<float>(NetworkSpec.Parse(TNetwork.Json));
        float[] parameters = new float[TNetwork.ParametersLength], rowMajor = new float[TNetwork.Tensors.ParameterCount];
        TNetwork.Initialize(parameters, 5);
        ParameterPacking.Unpack(TNetwork.Tensors, parameters, rowMajor);
        var random = new Random(3);
        float[] inputs = [.. Enumerable.Range(0, count * TNetwork.InputLength).Select(_ => (random.NextSingle() * 2) - 1)];
        float[] expected = reference.Predict(rowMajor, inputs), scores = new float[expected.Length];

        TNetwork.PredictBatch(parameters, inputs, scores, new float[TNetwork.PredictBatchWorkspaceLength]);
        Assert.Equal(Bits(expected), Bits(scores));

        Array.Clear(scores);
        for (int b = 0; b < count; b++)
        {
            TNetwork.Predict(
                parameters, inputs.AsSpan(b * TNetwork.InputLength, TNetwork.InputLength),
                scores.AsSpan(b * TNetwork.OutputLength, TNetwork.OutputLength), new float[TNetwork.PredictWorkspaceLength]);
        }

        Assert.Equal(Bits(expected), Bits(scores));
    }

    [Fact]
    public void The_reference_has_no_loss_either()
    {
        var reference = new ReferenceNetwork<float>(NetworkSpec.Parse(Features.Json));
        float[] parameters = new float[reference.ParameterCount], inputs = new float[Features.InputLength], targets = new float[Features.OutputLength];

        Assert.Throws<InvalidOperationException>(() => reference.Loss(parameters, inputs, targets));
        Assert.Throws<InvalidOperationException>(() => reference.Backpropagate(parameters, inputs, [0]));
    }

    private static uint[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);
}
