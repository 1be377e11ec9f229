using NativeNet.Tests.Networks;
using NativeNet.Training.Monitoring;

namespace NativeNet.Tests.Training.Monitoring;

public sealed class PredictionWatchTests
{
    private const double Guess = 2.302585;
    private static readonly LayerBuffers Scores = new(Index: 0, Units: 10, Stride: 16, Block: 1, Outputs: 0, Gradients: 0, IsRelu: false);

    [Fact]
    public void Twenty_epochs_of_one_class_behind_a_better_one_are_a_collapse()
    {
        var watch = OfTenClasses();
        Assert.False(EndEpoch(watch, 2.0, 1, 2));
        for (int epoch = 1; epoch < 20; epoch++)
            Assert.False(EndEpoch(watch, Guess, 3, 3));
        Assert.True(EndEpoch(watch, Guess, 3, 3));
    }

    [Fact]
    public void One_epoch_of_two_classes_begins_the_count_again()
    {
        var watch = OfTenClasses();
        EndEpoch(watch, 2.0, 1, 2);
        for (int epoch = 1; epoch < 20; epoch++)
            EndEpoch(watch, Guess, 3, 3);
        Assert.False(EndEpoch(watch, Guess, 3, 4));
        Assert.Equal(0, watch.Memory.CollapsedEpochs);
        Assert.False(EndEpoch(watch, Guess, 3, 3));
    }

    [Fact]
    public void A_network_that_has_not_begun_to_learn_has_not_collapsed()
    {
        var watch = OfTenClasses();
        for (int epoch = 0; epoch < 100; epoch++)
            Assert.False(EndEpoch(watch, Guess, 3, 3));
    }

    [Fact]
    public void One_class_at_a_low_loss_is_no_collapse()
    {
        var watch = OfTenClasses();
        for (int epoch = 0; epoch < 100; epoch++)
            Assert.False(EndEpoch(watch, 0.1, 3, 3));
    }

    /// <summary>Every frame counts by itself: the greatest score of a sample, always the same one, is no class.</summary>
    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public void One_class_for_every_frame_is_a_collapse(int other, bool isCollapsed)
    {
        TrainableNetwork network = GeneratedNetwork<Frames, int>.Instance;
        var watch = new PredictionWatch(network, train: null) { Memory = new PredictionMemory(BestLoss: 0.1, CollapsedEpochs: 0) };
        const int Count = 3, Classes = 4;
        LayerBuffers scores = new(Index: 3, Units: 24, Stride: 24, Block: 1, Outputs: 0, Gradients: 0, IsRelu: false);
        float[] workspace = new float[Count * scores.Stride];
        for (int frame = 0; frame < Count * 6; frame++)
            workspace[(frame * Classes) + (frame % 6 == 5 ? other : 1)] = frame % 6 == 0 ? 2 : 1;
        watch.Add(workspace, scores, Count);
        watch.EndEpoch(loss: Guess);
        Assert.Equal(isCollapsed ? 1 : 0, watch.Memory.CollapsedEpochs);
    }

    private static PredictionWatch OfTenClasses() => new(GeneratedNetwork<Digits, int>.Instance, train: null);

    /// <summary>An epoch of one batch with these predictions.</summary>
    private static bool EndEpoch(PredictionWatch watch, double loss, params int[] predictions)
    {
        float[] workspace = new float[predictions.Length * Scores.Stride];
        for (int b = 0; b < predictions.Length; b++)
            workspace[(b * Scores.Stride) + predictions[b]] = 1;
        watch.Add(workspace, Scores, predictions.Length);
        return watch.EndEpoch(loss);
    }
}
