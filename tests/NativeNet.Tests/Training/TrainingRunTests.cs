using NativeNet.Data;
using NativeNet.Storage;
using NativeNet.Tests.Networks;
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

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_resumed_run_has_the_same_rates_and_bits_and_records(int batchesMore)
    {
        using var first = new TrainingSession<Digits>(4);
        var whole = new TrainingRun<Digits, Momentum>(first, Split.Train, new Momentum(0.03f), Options);
        for (int epoch = 0; epoch < 3; epoch++)
            whole.TrainEpoch();
        for (int batch = 0; batch < batchesMore; batch++)
            whole.TrainBatch();
        whole.Save(_folder.File("c"));

        using var second = new TrainingSession<Digits>(4);
        var resumed = new TrainingRun<Digits, Momentum>(second, Split.Train, new Momentum(0.03f), Options);
        resumed.Load(_folder.File("c"));
        for (int epoch = 0; epoch < 3; epoch++)
        {
            EpochRecord expected = whole.TrainEpoch(), actual = resumed.TrainEpoch();
            Assert.Equal(
                (expected.Epoch, expected.Step, expected.Rate, expected.Loss, expected.ValidationLoss),
                (actual.Epoch, actual.Step, actual.Rate, actual.Loss, actual.ValidationLoss));
            Assert.Equal(
                expected.Layers.ToArray().Select(static layer => layer.Weights), actual.Layers.ToArray().Select(static layer => layer.Weights));
            Assert.Equal(whole.IsStopped, resumed.IsStopped);
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
        run.TrainEpoch();

        long before = GC.GetAllocatedBytesForCurrentThread();
        run.TrainEpoch();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Early_stopping_without_held_out_samples_is_refused()
    {
        using var session = new TrainingSession<Digits>(8);
        Assert.Throws<ArgumentException>(() => new TrainingRun<Digits, Sgd>(
            session, Samples, new Sgd(0.1f), new TrainingRunOptions { Stopping = new EarlyStopping(3) }));
    }
}
