using NativeNet.Data;
using NativeNet.Storage;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Shared;
using NativeNet.Tests.Storage;
using NativeNet.Training;
using NativeNet.Training.Monitoring;
using NativeNet.Training.Schedules;

namespace NativeNet.Tests.Training;

public sealed class TrainingRunTests : IDisposable
{
    private static readonly DataSet Samples = DigitsDataSet.Load().Train.Select([.. Enumerable.Range(0, 200)]);
    private static readonly ValidationSplit Split = ValidationSplit.Random(Samples, 0.25, seed: 1);

    private static readonly TrainingRunOptions Options = new()
    {
        Schedule = new LinearWarmup(2, new AccuracyDecay()),
        Validation = Split.Validation,
        Stopping = new EarlyStopping(patience: 3),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_that_are_all_the_same_and_images_of_another_shape_are_refused()
    {
        using var session = new TrainingSession<Digits>(1);
        DataSet ones = DataSet.FromFloats(Samples.InputShape, [.. new float[2 * 64]], [1, 1], 10);
        Assert.StartsWith("Every label of the training data is 1;", Assert.Throws<ArgumentException>(() => new TrainingRun<Digits, Sgd>(session, ones, new Sgd(0.1f))).Message, StringComparison.Ordinal);

        DataSet wide = DataSet.FromFloats(NativeNet.Description.Shape.Of(4, 16, 1), [.. new float[2 * 64]], [0, 1], 10);
        Assert.StartsWith("The data has samples of 4×16×1; the network takes 8×8", Assert.Throws<ArgumentException>(() => session.TrainEpoch(wide, new Sgd(0.1f))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rate_follows_the_schedule_and_what_the_held_out_samples_say()
    {
        using var session = new TrainingSession<Digits>(1);
        var run = new TrainingRun<Digits, Sgd>(session, Split.Train, new Sgd(0.3f), Options);
        Assert.Equal(0.3f * (1f / 3), run.Rate, 1e-7f);

        double best = 0;
        for (int epoch = 1; epoch <= 4; epoch++)
        {
            float rate = run.Rate;
            EpochRecord record = run.TrainEpoch();
            Assert.Equal((epoch, rate), (record.Epoch, record.Rate));
            Assert.Equal(session.Evaluate(Split.Validation).Accuracy, record.ValidationAccuracy);
            best = Math.Max(best, record.ValidationAccuracy);
        }

        Assert.Equal(0.3f * (float)(1 - (0.75 * best)), run.Rate, 1e-7f);
    }

    [Fact]
    public void A_run_without_options_is_plain_training()
    {
        using var plain = new TrainingSession<Digits>(2);
        using var session = new TrainingSession<Digits>(2);
        var run = new TrainingRun<Digits, Adam>(session, Samples, new Adam());
        Evaluation expected = plain.TrainEpoch(Samples, new Adam());

        EpochRecord record = run.TrainEpoch();
        Assert.Equal((expected.Loss, expected.Accuracy), (record.Loss, record.Accuracy));
        Assert.Equal(plain.Parameters, session.Parameters);
        Assert.False(run.IsStopped);
    }

    [Fact]
    public void Training_ends_when_the_held_out_loss_no_longer_falls()
    {
        using var session = new TrainingSession<Digits>(3);
        var run = new TrainingRun<Digits, Sgd>(session, Split.Train, new Sgd(0f), Options);
        int epochs = 0;
        for (; !run.IsStopped && epochs < 10; epochs++)
            run.TrainEpoch();
        Assert.Equal(4, epochs);
    }

    [Fact]
    public void Early_stopping_keeps_the_parameters_of_the_best_epoch()
    {
        using var session = new TrainingSession<Digits>(3);
        TrainingRunOptions options = Options with { Schedule = new ConstantRate(), Stopping = new EarlyStopping(patience: 4) };
        var run = new TrainingRun<Digits, Sgd>(session, Split.Train, new Sgd(1f), options);
        Assert.Equal(0, run.KeptEpoch);
        Assert.Equal(session.Parameters, run.KeptParameters);

        (double loss, int epoch, float[] parameters) best = (double.PositiveInfinity, 0, []);
        while (!run.IsStopped)
        {
            EpochRecord record = run.TrainEpoch();
            if (record.ValidationLoss < best.loss)
                best = (record.ValidationLoss, record.Epoch, session.Parameters.ToArray());
        }

        Assert.Equal((session.EpochCount - 4, best.epoch), (best.epoch, run.KeptEpoch));
        Assert.Equal(best.parameters, run.KeptParameters);
        Assert.NotEqual(session.Parameters.ToArray(), run.KeptParameters.ToArray());
    }

    [Fact]
    public void One_batch_a_step_below_the_bound_is_plain_training()
    {
        using var first = new TrainingSession<Digits>(4);
        using var second = new TrainingSession<Digits>(4);
        var plain = new TrainingRun<Digits, Sgd>(first, Samples, new Sgd(0.1f));
        var bounded = new TrainingRun<Digits, Sgd>(second, Samples, new Sgd(0.1f), new TrainingRunOptions { MaximumNorm = 1e30f });
        EpochRecord expected = plain.TrainEpoch(), actual = bounded.TrainEpoch();

        Assert.Equal((expected.Step, expected.Loss, expected.Accuracy), (actual.Step, actual.Loss, actual.Accuracy));
        Assert.Equal(expected.Layers.ToArray(), actual.Layers.ToArray());
        Assert.Equal(first.Parameters, second.Parameters);
    }

    [Fact]
    public void Steps_gather_the_gradients_of_several_batches_in_the_order_of_the_epoch()
    {
        using var session = new TrainingSession<Digits>(4);
        using var byHand = new TrainingSession<Digits>(4);
        var options = new TrainingRunOptions { AccumulatedBatches = 3, MaximumNorm = 0.5f };
        var run = new TrainingRun<Digits, Sgd>(session, Samples, new Sgd(0.1f), options);

        // 200 samples in batches of 32 are 7: steps of 3, 3 and 1.
        EpochRecord record = run.TrainEpoch();
        foreach (int batches in new[] { 3, 3, 1 })
        {
            for (int batch = 0; batch < batches; batch++)
                byHand.AccumulateBatch(Samples);
            Assert.InRange(byHand.StepAccumulated(new Sgd(0.1f), 0.5f), 0.5, 100);
        }

        Assert.Equal((3L, 1), (record.Step, byHand.EpochCount));
        Assert.Equal(byHand.Parameters, session.Parameters);
    }

    [Fact]
    public void A_breakdown_in_a_gathered_batch_names_the_step_that_it_belongs_to()
    {
        using var session = new TrainingSession<Digits>(6);
        var run = new TrainingRun<Digits, Sgd>(session, Samples, new Sgd(0.1f), new TrainingRunOptions { AccumulatedBatches = 2 });
        run.TrainStep();
        session.Parameters[0] = float.NaN;
        run.TrainEpoch();
        Assert.Equal((BreakdownKind.NonFiniteLayer, 1, 2L), (run.Breakdown?.Kind, run.Breakdown?.Epoch, run.Breakdown?.Step));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TrainingRunOptions { AccumulatedBatches = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TrainingRunOptions { MaximumNorm = 0f });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TrainingRunOptions { MaximumNorm = float.NaN });
    }

    [Theory]
    [InlineData(0, 1, float.PositiveInfinity)]
    [InlineData(3, 1, float.PositiveInfinity)]
    [InlineData(1, 2, float.PositiveInfinity)]
    [InlineData(2, 1, 0.1f)]
    [InlineData(1, 3, 0.1f)]
    public void A_resumed_run_has_the_same_rates_and_bits_and_records(int stepsMore, int accumulated, float maximumNorm)
    {
        TrainingRunOptions options = Options with { AccumulatedBatches = accumulated, MaximumNorm = maximumNorm };
        using var first = new TrainingSession<Digits>(4);
        var whole = new TrainingRun<Digits, Momentum>(first, Split.Train, new Momentum(0.03f), options);
        for (int epoch = 0; epoch < 3; epoch++)
            whole.TrainEpoch();
        for (int step = 0; step < stepsMore; step++)
            whole.TrainStep();
        whole.Save(_folder.File("c"));

        using var second = new TrainingSession<Digits>(4);
        var resumed = new TrainingRun<Digits, Momentum>(second, Split.Train, new Momentum(0.03f), options);
        resumed.Load(_folder.File("c"));
        Assert.Equal(whole.KeptParameters, resumed.KeptParameters);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            EpochRecord expected = whole.TrainEpoch(), actual = resumed.TrainEpoch();
            Assert.Equal(
                (expected.Epoch, expected.Step, expected.Rate, expected.Loss, expected.ValidationLoss),
                (actual.Epoch, actual.Step, actual.Rate, actual.Loss, actual.ValidationLoss));
            Assert.Equal(
                expected.Layers.ToArray().Select(static layer => layer.Weights), actual.Layers.ToArray().Select(static layer => layer.Weights));
            Assert.Equal((whole.IsStopped, whole.KeptEpoch), (resumed.IsStopped, resumed.KeptEpoch));
            Assert.Equal(whole.KeptParameters, resumed.KeptParameters);
        }

        Assert.Equal(first.Parameters, second.Parameters);
    }

    [Fact]
    public void A_checkpoint_of_another_schedule_leaves_the_run_as_it_was()
    {
        using var session = new TrainingSession<Digits>(5);
        var run = new TrainingRun<Digits, Sgd>(session, Split.Train, new Sgd(0.1f), Options);
        run.TrainEpoch();
        run.Save(_folder.File("c"));

        var other = new TrainingRun<Digits, Sgd>(session, Split.Train, new Sgd(0.1f));
        Assert.Throws<StorageFormatException>(() => other.Load(_folder.File("c")));
        Assert.Equal(1, session.EpochCount);
    }

    [Fact]
    public void The_first_breakdown_is_kept_and_training_can_go_on()
    {
        using var session = new TrainingSession<Digits>(6);
        var run = new TrainingRun<Digits, Sgd>(session, Samples, new Sgd(0.1f));
        session.Parameters[0] = float.NaN;
        run.TrainEpoch();
        run.TrainEpoch();
        Assert.Equal((BreakdownKind.NonFiniteLayer, 1L, 1), (run.Breakdown?.Kind, run.Breakdown?.Step, run.Breakdown?.Layer));
        Assert.Equal(2, run.Record.Epoch);
    }

    [Fact]
    public void An_epoch_allocates_nothing_once_the_first_is_done()
    {
        using var session = new TrainingSession<Digits>(7);
        var run = new TrainingRun<Digits, Adam>(session, Split.Train, new Adam(), Options);
        run.TrainEpoch();
        Assert.Equal(0, Allocations.Of(() => run.TrainEpoch()));
    }

    [Fact]
    public void Early_stopping_without_held_out_samples_is_refused()
    {
        using var session = new TrainingSession<Digits>(8);
        Assert.Throws<ArgumentException>(() => new TrainingRun<Digits, Sgd>(
            session, Samples, new Sgd(0.1f), new TrainingRunOptions { Stopping = new EarlyStopping(3) }));
    }
}
