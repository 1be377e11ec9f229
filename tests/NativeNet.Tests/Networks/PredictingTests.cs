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
        var reference = new ReferenceNetwork<float>(NetworkSpec.Parse(Features.Json));
        float[] parameters = new float[Features.ParametersLength], rowMajor = new float[Features.ParameterCount];
        Features.Initialize(parameters, 5);
        ParameterPacking.Unpack(Features.Tensors, parameters, rowMajor);
        var random = new Random(3);
        float[] inputs = [.. Enumerable.Range(0, Count * Features.InputLength).Select(_ => (random.NextSingle() * 2) - 1)];
        float[] expected = reference.Predict(rowMajor, inputs), scores = new float[expected.Length];

        Features.PredictBatch(parameters, inputs, scores, new float[Features.PredictBatchWorkspaceLength]);
        Assert.Equal(Bits(expected), Bits(scores));

        Array.Clear(scores);
        for (int b = 0; b < Count; b++)
        {
            Features.Predict(
                parameters, inputs.AsSpan(b * Features.InputLength, Features.InputLength),
                scores.AsSpan(b * Features.OutputLength, Features.OutputLength), new float[Features.PredictWorkspaceLength]);
        }

        Assert.Equal(Bits(expected), Bits(scores));
    }

    private static uint[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);
}
