using NativeNet.Data;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Shared;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

/// <summary>What runs on a small device allocates nothing.</summary>
public sealed class AllocationTests
{
    private static readonly TrainTest Data = DigitsDataSet.Load();

    [Fact]
    public void The_measure_sees_a_single_object() => Assert.True(Allocations.Of(static () => GC.KeepAlive(new byte[1])) >= 24);

    [Fact]
    public void Predictions_allocate_nothing()
    {
        float[] parameters = new float[Digits.ParametersLength];
        float[] inputs = new float[Digits.BatchSize * Digits.InputLength];
        float[] scores = new float[Digits.BatchSize * Digits.OutputLength];
        float[] workspace = new float[Math.Max(Digits.PredictWorkspaceLength, Digits.PredictBatchWorkspaceLength)];

        Assert.Equal(0, Allocations.Of(() =>
        {
            Digits.Predict(parameters, inputs.AsSpan(0, Digits.InputLength), scores.AsSpan(0, Digits.OutputLength), workspace);
            Digits.PredictBatch(parameters, inputs, scores, workspace);
        }));
    }

    [Fact]
    public void A_step_of_training_allocates_nothing()
    {
        float[] parameters = new float[Digits.ParametersLength];
        float[] state = new float[2 * Digits.ParametersLength];
        float[] inputs = new float[Digits.BatchSize * Digits.InputLength];
        int[] labels = new int[Digits.BatchSize];
        float[] workspace = new float[Digits.TrainingWorkspaceLength];

        Assert.Equal(0, Allocations.Of(() => Digits.TrainStep(parameters, state, inputs, labels, new Adam(0.001f), 1, workspace)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_whole_epoch_and_an_evaluation_allocate_nothing(int threads)
    {
        using var session = new TrainingSession<Digits>(seed: 1, threads);

        Assert.Equal(0, Allocations.Of(() =>
        {
            session.TrainEpoch(Data.Train, new Adam(0.001f));
            session.Evaluate(Data.Train);
        }));
    }
}
