using NativeNet.Data;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

public sealed class EarlyStoppingTests
{
    [Fact]
    public void Training_ends_after_patience_epochs_without_improvement()
    {
        var stopping = new EarlyStopping(patience: 2, minimumImprovement: 0.1);
        EarlyStoppingState state = EarlyStoppingState.Start;
        double[] losses = [1, 0.95, 0.85, double.NaN, 0.76];
        bool[] over = [false, false, false, false, true];
        for (int epoch = 0; epoch < losses.Length; epoch++)
        {
            state = stopping.After(state, losses[epoch]);
            Assert.Equal(over[epoch], stopping.IsOver(state));
        }

        Assert.Equal(new EarlyStoppingState(0.85, 2), state);
    }

    [Fact]
    public void A_loss_that_is_nan_from_the_start_ends_training_too()
    {
        var stopping = new EarlyStopping(patience: 1);
        Assert.True(stopping.IsOver(stopping.After(EarlyStoppingState.Start, double.NaN)));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new EarlyStopping(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new EarlyStopping(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new EarlyStopping(1, double.NaN));
    }

    [Fact]
    public void A_split_holds_out_the_same_random_share_every_time_and_loses_no_sample()
    {
        DataSet all = Numbered(100);
        var split = ValidationSplit.Random(all, 0.2, seed: 3);
        Assert.Equal((80, 20), (split.Train.Count, split.Validation.Count));
        int[] train = split.Train.Labels.ToArray(), held = split.Validation.Labels.ToArray();
        Assert.Equal(Enumerable.Range(0, 100), train.Concat(held).Order());
        Assert.Equal(train, train.Order());
        Assert.Equal(held, held.Order());

        Assert.Equal(held, ValidationSplit.Random(all, 0.2, seed: 3).Validation.Labels.ToArray());
        Assert.NotEqual(held, ValidationSplit.Random(all, 0.2, seed: 4).Validation.Labels.ToArray());
    }

    [Theory]
    [InlineData(0.001, 1)]
    [InlineData(0.999, 9)]
    public void Neither_part_is_empty(double share, int held)
        => Assert.Equal(held, ValidationSplit.Random(Numbered(10), share, seed: 1).Validation.Count);

    [Fact]
    public void A_share_that_leaves_nothing_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => ValidationSplit.Random(Numbered(10), 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ValidationSplit.Random(Numbered(10), 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ValidationSplit.Random(Numbered(1), 0.5, 1));
    }

    /// <summary>Samples whose labels are their positions.</summary>
    private static DataSet Numbered(int count)
        => DataSet.FromFloats(NativeNet.Description.Shape.Of(1), [.. new float[count]], [.. Enumerable.Range(0, count)], count);
}
