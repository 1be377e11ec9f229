using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.SelfTest;
using NativeNet.Storage;
using NativeNet.Tests.Storage;
using NativeNet.Training;
using NativeNet.Training.Metrics;
using NativeNet.Training.Monitoring;
using NativeNet.Training.Schedules;

namespace NativeNet.Tests.Training;

/// <summary>Networks that learn values train on data sets as classifiers do.</summary>
public sealed class ValueTrainingTests : IDisposable
{
    private static readonly float[] Inputs = [.. Enumerable.Range(0, 3 * 42).Select(static i => ((i * 37 % 101) - 50) / 50f)];
    private static readonly float[] Targets = [.. Enumerable.Range(0, 42).Select(static i => (Inputs[3 * i] * 0.7f) - (Inputs[(3 * i) + 1] * Inputs[(3 * i) + 2]))];
    private static readonly DataSet Samples = DataSet.FromFloats(Shape.Of(3), [.. Inputs], [.. Targets]);
    private static readonly DataSet Held = Samples.Select([1, 5, 9, 13, 17]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>An epoch is steps on the samples in the order of the seed, judged before each update.</summary>
    [Fact]
    public void An_epoch_gives_the_bits_of_its_steps()
    {
        using var session = new TrainingSession<Line, float>(3);
        using var plain = new TrainingSession<Line, float>(3);
        Evaluation epoch = session.TrainEpoch(Samples, new Adam(0.01f));

        int[] order = [.. Enumerable.Range(0, Samples.Count)];
        new Philox(3).Shuffle(order, RandomStreams.Shuffle, epoch: 0);
        (double losses, double errors) = (0, 0);
        foreach (int[] batch in order.Chunk(Line.BatchSize))
        {
            float[] inputs = new float[batch.Length * 3], targets = new float[batch.Length], scores = new float[batch.Length];
            Samples.CopyInputs(batch, inputs);
            Samples.CopyTargets(batch, targets);
            plain.Predict(inputs, scores);
            errors += scores.Zip(targets).Sum(static pair => Math.Abs((double)pair.First - pair.Second));
            losses += plain.Step(inputs, targets, new Adam(0.01f)) * (double)batch.Length;
        }

        Assert.Equal(plain.Parameters, session.Parameters);
        Assert.Equal((1, 11L), (session.EpochCount, session.StepCount));
        Assert.Equal(losses / 42, epoch.Loss);
        Assert.Equal(errors / 42, epoch.MeanAbsoluteError, 12);
        Assert.True(double.IsNaN(epoch.Accuracy));
    }

    [Fact]
    public void A_network_learns_values_and_is_judged_as_they_are()
    {
        using var session = new TrainingSession<Line, float>(1, threads: 2);
        for (int epoch = 0; epoch < 300; epoch++)
            session.TrainEpoch(Samples, new Adam(0.01f));

        var error = new RegressionError();
        foreach (int[] batch in Enumerable.Range(0, 42).Chunk(Line.BatchSize))
        {
            float[] scores = new float[batch.Length];
            session.Predict(Inputs.AsSpan(3 * batch[0], 3 * batch.Length), scores);
            error.Add(scores, Targets.AsSpan(batch[0], batch.Length));
        }

        Evaluation result = session.Evaluate(Samples);
        Assert.InRange(result.RSquared, 0.98, 1);
        Assert.Equal(error.MeanAbsolute, result.MeanAbsoluteError, 12);
        Assert.Equal(error.RSquared, result.RSquared, 6);
        Assert.Equal(error.MeanSquared, result.Loss, 1e-7);
    }

    /// <summary>R² of several outputs sums squares over all of them, each about its own mean.</summary>
    [Fact]
    public void R_squared_of_several_outputs_sums_their_squares()
    {
        float[] targets = [.. Enumerable.Range(0, 18).Select(static i => i % 6 == 0 ? i : (i % 6 * 10f) + (i % 5))];
        DataSet data = DataSet.FromFloats(Shape.Of(5, 3, 1), [.. new float[45]], [.. targets]);
        using var session = new TrainingSession<Values, float>(1);
        session.Parameters.Clear();

        double squares = targets.Sum(static target => (double)target * target);
        double[] means = [.. Enumerable.Range(0, 6).Select(output => Enumerable.Range(0, 3).Average(i => targets[(6 * i) + output]))];
        double variation = targets.Select((target, i) => Math.Pow(target - means[i % 6], 2)).Sum();
        Assert.Equal(1 - (squares / variation), session.Evaluate(data).RSquared, 5);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_epoch_and_records_have_errors()
    {
        using var session = new TrainingSession<Line, float>(5);
        var run = new NetworkRun<float, Adam>(session, Samples, new Adam(0.05f), new TrainingRunOptions { Validation = Held, Stopping = new EarlyStopping(3) });
        using var log = RunLog.Create(_folder.File("log.csv"), [.. run.Layers], session.Network.Metric);
        (double best, int bestEpoch) = (double.PositiveInfinity, 0);
        while (!run.IsStopped && session.EpochCount < 400)
        {
            EpochRecord record = run.TrainEpoch();
            log.Write(record);
            Assert.Equal(session.Evaluate(Held).MeanAbsoluteError, record.ValidationError);
            Assert.True(double.IsNaN(record.Accuracy) && double.IsNaN(record.ValidationAccuracy));
            if (record.ValidationLoss < best)
                (best, bestEpoch) = (record.ValidationLoss, session.EpochCount);
        }

        Assert.True(run.IsStopped);
        Assert.Equal(bestEpoch, run.KeptEpoch);
        run.KeptParameters.CopyTo(session.Parameters);
        Assert.Equal(best, session.Evaluate(Held).Loss);

        IReadOnlyList<EpochRecord> rows = RunLog.Read(_folder.File("log.csv"));
        Assert.StartsWith("epoch,step,rate,loss,error,validationLoss,validationError,layers.0.weights", File.ReadAllText(_folder.File("log.csv")), StringComparison.Ordinal);
        Assert.Equal((session.EpochCount, run.Record.Error, run.Record.ValidationError), (rows.Count, rows[^1].Error, rows[^1].ValidationError));
    }

    [Fact]
    public void A_checkpoint_within_an_epoch_continues_to_the_same_bits()
    {
        var options = new TrainingRunOptions { Validation = Held, Stopping = new EarlyStopping(50), Schedule = new PlateauDecay(patience: 1) };
        using var whole = new TrainingSession<Line, float>(2);
        var first = new NetworkRun<float, Momentum>(whole, Samples, new Momentum(0.01f), options);
        for (int step = 0; step < 15; step++)
            first.TrainStep();
        first.Save(_folder.File("c"));
        for (int step = 0; step < 18; step++)
            first.TrainStep();

        using var resumed = new TrainingSession<Line, float>(2);
        var second = new NetworkRun<float, Momentum>(resumed, Samples, new Momentum(0.01f), options);
        second.Load(_folder.File("c"));
        for (int step = 0; step < 18; step++)
            second.TrainStep();
        Assert.Equal(whole.Parameters, resumed.Parameters);
        Assert.Equal((first.Record.Loss, first.Record.Error, first.Rate), (second.Record.Loss, second.Record.Error, second.Rate));

        using var other = new TrainingSession<Line, float>(2);
        var onOthers = new NetworkRun<float, Momentum>(other, Samples.WithInputsAsTargets().Select([0, 1]), new Momentum(0.01f), options);
        Assert.Contains("the data's fingerprint", Assert.Throws<StorageFormatException>(() => onOthers.Load(_folder.File("c"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gathered_gradients_of_one_batch_are_a_plain_step()
    {
        using var plain = new TrainingSession<Line, float>(4);
        using var gathered = new TrainingSession<Line, float>(4);
        plain.TrainBatch(Samples, new Sgd(0.1f));
        Evaluation batch = gathered.AccumulateBatch(Samples);
        gathered.StepAccumulated(new Sgd(0.1f));
        Assert.Equal(plain.Parameters, gathered.Parameters);
        Assert.True(batch.MeanAbsoluteError > 0);
    }

    [Fact]
    public void Yes_and_no_have_an_accuracy()
    {
        DataSet data = DataSet.FromFloats(Shape.Of(3), [.. Inputs], [.. Targets.Select(static target => target > 0.1f ? 1f : 0f)]);
        using var session = new TrainingSession<YesNo, float>(1);
        Evaluation before = session.Evaluate(data);
        for (int epoch = 0; epoch < 100; epoch++)
            session.TrainEpoch(data, new Adam(0.02f));

        float[] scores = new float[5], labels = new float[5];
        session.Predict(Inputs.AsSpan(0, 15), scores);
        data.CopyTargets([0, 1, 2, 3, 4], labels);
        Assert.Equal(Enumerable.Range(0, 5).Count(i => scores[i] > 0 == labels[i] > 0), session.Evaluate(data.Select([0, 1, 2, 3, 4])).Correct);
        Assert.InRange(session.Evaluate(data).Accuracy, Math.Max(0.95, before.Accuracy), 1);
        Assert.True(double.IsNaN(before.MeanAbsoluteError) && double.IsNaN(before.RSquared));
    }

    [Fact]
    public void What_a_network_cannot_learn_is_refused()
    {
        using var session = new TrainingSession<Line, float>(1);
        using var classifier = new TrainingSession<Digits>(1);
        DataSet classes = DataSet.FromFloats(Shape.Of(3), [1, 2, 3, 4, 5, 6], [0, 1], 2);
        Refuse("has classes; the network learns values", () => session.Evaluate(classes));
        Refuse("has 3 targets a sample; the network has 1", () => session.Evaluate(Samples.WithInputsAsTargets()));
        Refuse("has values to learn; the network tells classes apart", () => classifier.Evaluate(DataSet.FromFloats(Shape.Of(64), [.. new float[64]], [1f])));
        Refuse("follows accuracy", () => _ = new NetworkRun<float, Sgd>(session, Samples, new Sgd(0.1f), new TrainingRunOptions { Schedule = new LinearWarmup(2, new AccuracyDecay()) }));
        Refuse("the same targets", () => _ = new NetworkRun<float, Sgd>(session, DataSet.FromFloats(Shape.Of(3), [1, 2, 3, 4, 5, 6], [2f, 2f]), new Sgd(0.1f)));

        static void Refuse(string problem, Action action)
            => Assert.Contains(problem, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_forgets_what_it_had_learned_has_broken_down()
    {
        using var session = new TrainingSession<Line, float>(1);
        var run = new NetworkRun<float, Adam>(session, Samples, new Adam(0.01f));
        for (int epoch = 0; epoch < 60; epoch++)
            run.TrainEpoch();
        Assert.Null(run.Breakdown);

        float[] learned = session.Parameters.ToArray();
        session.Parameters[Line.Tensors.Slots[^1].Offset] += 1000;
        run.TrainStep();
        Assert.Equal(BreakdownKind.ExplodedLoss, run.Breakdown!.Value.Kind);

        // A guess at one value for every sample, epoch after epoch.
        learned.CopyTo(session.Parameters);
        var monitor = new TrainingMonitor(session, Samples);
        monitor.EndEpoch(new Evaluation(0.01, double.NaN, 42), 0.1f);
        TrainingBreakdown? found = null;
        for (int epoch = 0; epoch < 19; epoch++)
            found ??= monitor.EndEpoch(new Evaluation(10, double.NaN, 42), 0.1f);
        Assert.Null(found);
        Assert.Equal(BreakdownKind.CollapsedValues, monitor.EndEpoch(new Evaluation(10, double.NaN, 42), 0.1f)!.Value.Kind);
    }
}
