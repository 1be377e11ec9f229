using System.Globalization;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Storage;
using NativeNet.Training;
using NativeNet.Training.Schedules;

namespace NativeNet.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private static readonly DataSet Samples = DigitsDataSet.Load().Train.Select([.. Enumerable.Range(0, 100)]);
    private static readonly DataSet Few = DataSet.FromFloats(
        Shape.Of(6), [.. Enumerable.Range(0, 30).Select(static i => i / 30f)], [0, 1, 2, 3, 1], classCount: 4);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ten_epochs_are_five_and_five_after_a_checkpoint()
    {
        CheckResume(new Sgd(0.1f, 0.01f), steps: 5 * 4);
        CheckResume(new Momentum(0.05f), steps: 5 * 4);
        CheckResume(new Adam(), steps: 5 * 4);
        CheckResume(new AdamW(), steps: 5 * 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4 + 3)]
    public void A_checkpoint_may_lie_anywhere_in_an_epoch(int steps) => CheckResume(new Adam(), steps);

    [Fact]
    public void What_the_run_remembers_comes_back()
    {
        RunIdentity identity = Identity(new Sgd(0.1f)) with { Stopping = "EarlyStopping" };
        using var session = new TrainingSession<Online>(1);
        for (int epoch = 0; epoch < 4; epoch++)
            session.TrainEpoch(Few, new Sgd(0.1f));
        var memory = new RunMemory(new ScheduleState(0.1, 2, 3), new EarlyStoppingState(double.PositiveInfinity, 4)) { BestParameters = session.Parameters.ToArray() };
        Checkpoint.Save(_folder.File("c"), session, identity, memory);
        RunMemory loaded = Checkpoint.Load(_folder.File("c"), session, identity);
        Assert.Equal((memory.Schedule, memory.Stopping), (loaded.Schedule, loaded.Stopping));

        Checkpoint.Save(_folder.File("c"), session, Identity(new Sgd(0.1f)), RunMemory.Start);
        Assert.Equal(ScheduleState.Start, Checkpoint.Load(_folder.File("c"), session, Identity(new Sgd(0.1f))).Schedule);
    }

    [Fact]
    public void The_best_parameters_come_back_and_are_not_forgotten()
    {
        RunIdentity identity = Identity(new Adam()) with { Stopping = "EarlyStopping" };
        using var session = new TrainingSession<Online>(1);
        float[] best = session.Parameters.ToArray();
        session.TrainEpoch(Few, new Adam());
        Checkpoint.Save(_folder.File("c"), session, identity, RunMemory.Start with { BestParameters = best });
        using var loaded = new TrainingSession<Online>(1);
        Assert.Equal(best, Checkpoint.Load(_folder.File("c"), loaded, identity).BestParameters.ToArray());
        Assert.Equal(session.Parameters, loaded.Parameters);
        Assert.Equal(session.State, loaded.State);
        Assert.Throws<ArgumentException>(() => Checkpoint.Save(_folder.File("c"), session, identity, RunMemory.Start));
    }

    [Fact]
    public void Every_flipped_bit_and_every_missing_end_is_refused_and_the_session_untouched()
    {
        byte[] file = Save(_folder.File("good"));
        RunIdentity identity = Identity(new Adam());
        using var session = new TrainingSession<Online>(1);
        float[] before = session.Parameters.ToArray();

        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(session, identity, file);
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int length = 0; length < file.Length; length++)
            AssertRefused(session, identity, file[..length]);
        AssertRefused(session, identity, [.. file, 0]);

        Assert.Equal(before, session.Parameters);
        Assert.Equal((0L, 0), (session.StepCount, session.EpochCount));
        Checkpoint.Load(_folder.File("good"), session, identity);
        Assert.Equal(3, session.StepCount);
    }

    [Fact]
    public void A_checkpoint_of_something_else_is_refused_with_what_differs()
    {
        Save(_folder.File("c"));
        using var same = new TrainingSession<Online>(1);
        using var otherSeed = new TrainingSession<Online>(2);
        using var otherNetwork = new TrainingSession<Digits>(1);

        Refuse("the seed is 1, here it is 2", () => Checkpoint.Load(_folder.File("c"), otherSeed, Identity(new Adam())));
        Refuse("the network's hash is", () => Checkpoint.Load(_folder.File("c"), otherNetwork, Identity(new Adam())));
        using var otherWeights = new TrainingSession<Online>(1) { ClassWeights = [0.5f, 2] };
        Refuse("what classes weigh is none, here it is 0.5 2 1 1", () => Checkpoint.Load(_folder.File("c"), otherWeights, Identity(new Adam())));
        Refuse("Beta1 = 0.9,", () => Checkpoint.Load(_folder.File("c"), same, Identity(new Adam(0.001f, beta1: 0.8f))));
        Refuse("here it is AdamW", () => Checkpoint.Load(_folder.File("c"), same, Identity(new AdamW())));
        Refuse("here it is StepDecay { Decay = 0.5, Every = 2 }", () => Checkpoint.Load(_folder.File("c"), same, Identity(new Adam()) with { Schedule = "StepDecay { Decay = 0.5, Every = 2 }" }));
        Refuse("the held-out samples' fingerprint is none,", () => Checkpoint.Load(_folder.File("c"), same, Identity(new Adam()) with { Validation = "1234" }));
        Refuse("early stopping is none, here it is EarlyStopping", () => Checkpoint.Load(_folder.File("c"), same, Identity(new Adam()) with { Stopping = "EarlyStopping" }));
        Refuse("MaximumNorm = Infinity, here it is x", () => Checkpoint.Load(_folder.File("c"), same, Identity(new Adam()) with { Gradients = "x" }));
        Refuse("the data's fingerprint is", () => Checkpoint.Load(_folder.File("c"), same, RunIdentity.Of(new Adam(), Samples, new TrainingRunOptions())));
    }

    /// <summary>The checksum is right, for whoever changes a file can write it anew.</summary>
    [Theory]
    [InlineData("position", "2147483647")]
    [InlineData("position", "5")]
    [InlineData("position", "0")]
    [InlineData("position", " 3")]
    [InlineData("position", "3\0")]
    [InlineData("samples", "3")]
    [InlineData("samples", "4")]
    [InlineData("epoch", "2147483647")]
    [InlineData("steps", "9223372036854775807")]
    [InlineData("steps", "1")]
    [InlineData("correct", "4")]
    [InlineData("lossSum", "-1")]
    [InlineData("schedule.best", "-1")]
    [InlineData("schedule.best", "1e9")]
    [InlineData("schedule.waited", "2")]
    [InlineData("schedule.reductions", "2")]
    [InlineData("stopping.waited", "2")]
    [InlineData("stopping.bestLoss", "NaN")]
    [InlineData("monitor.bestLoss", "NaN")]
    [InlineData("monitor.collapsedEpochs", "2")]
    [InlineData("monitor.startWeights", "1")]
    [InlineData("monitor.startWeights", "1 -1")]
    [InlineData("monitor.startWeights", "1 2 3")]
    public void An_entry_that_does_not_fit_the_others_is_refused(string entry, string value)
    {
        var options = new TrainingRunOptions { Schedule = new AccuracyDecay() };
        using var session = new TrainingSession<Online>(1);
        var run = new TrainingRun<Online, Adam>(session, Few, new Adam(), options);
        for (int step = 0; step < 8; step++)
            run.TrainStep();
        run.Save(_folder.File("c"));
        run.Load(_folder.File("c"));

        (SafetensorsTensor[] tensors, IReadOnlyDictionary<string, string> texts) = CheckpointFile.Read(_folder.File("c"), 1 << 20);
        CheckpointFile.Write(_folder.File("c"), tensors, new Dictionary<string, string>(texts) { [entry] = value });
        float[] before = session.Parameters.ToArray();
        Refuse("it was not written by this library", () => run.Load(_folder.File("c")));
        Assert.Equal(before, session.Parameters);
        Assert.Equal(8, session.StepCount);
    }

    [Fact]
    public void Files_that_are_no_checkpoints_are_refused()
    {
        using var session = new TrainingSession<Online>(1);
        ParameterFile.Save(_folder.File("weights"), Online.Tensors, session.Parameters);
        Refuse("not a checkpoint", () => Checkpoint.Load(_folder.File("weights"), session, Identity(new Adam())));
        Refuse("is a folder", () => Checkpoint.Load(_folder.Path, session, Identity(new Adam())));
        Refuse("too long", () => Checkpoint.Load(_folder.File("long", new byte[1 << 25]), session, Identity(new Adam())));
        Assert.Throws<FileNotFoundException>(() => Checkpoint.Load(_folder.File("missing"), session, Identity(new Adam())));
    }

    [Fact]
    public void A_writer_that_was_killed_leaves_the_old_checkpoint()
    {
        byte[] file = Save(_folder.File("c"));
        _folder.File(".abc.tmp", file[..(file.Length / 2)]);
        using var session = new TrainingSession<Online>(1);
        Checkpoint.Load(_folder.File("c"), session, Identity(new Adam()));
        Assert.Equal(3, session.StepCount);
    }

    [Fact]
    public void The_identity_is_the_same_in_every_culture()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        var options = new TrainingRunOptions
        {
            Schedule = new StepDecay(0.25f, 3),
            Validation = Few,
            Stopping = new EarlyStopping(3, 0.5),
            AccumulatedBatches = 4,
            MaximumNorm = 1.5f,
        };
        RunIdentity identity = RunIdentity.Of(new Sgd(0.5f), Few, options);
        Assert.Equal("Sgd { LearningRate = 0.5, WeightDecay = 0 }", identity.Rule);
        Assert.Equal("StepDecay { Decay = 0.25, Every = 3 }", identity.Schedule);
        Assert.Equal("EarlyStopping { Patience = 3, MinimumImprovement = 0.5 }", identity.Stopping);
        Assert.Equal("AccumulatedBatches = 4, MaximumNorm = 1.5", identity.Gradients);
        Assert.Equal((identity.Data, "none"), (identity.Validation, Identity(new Sgd(0.5f)).Validation));
        Assert.Equal("de-DE", CultureInfo.CurrentCulture.Name);
    }

    [Fact]
    public void A_session_of_another_rule_is_not_saved()
    {
        using var session = new TrainingSession<Online>(1);
        session.TrainEpoch(Few, new Adam());
        Assert.Throws<ArgumentException>(() => Checkpoint.Save(_folder.File("c"), session, Identity(new Sgd(0.1f)), RunMemory.Start));
    }

    [Fact]
    public void A_session_of_another_rule_with_as_much_state_is_not_saved_and_not_continued()
    {
        using var session = new TrainingSession<Online>(1);
        session.TrainEpoch(Few, new Nesterov(0.1f));
        Assert.Throws<ArgumentException>(() => Checkpoint.Save(_folder.File("c"), session, Identity(new Momentum(0.1f)), RunMemory.Start));

        Checkpoint.Save(_folder.File("c"), session, Identity(new Nesterov(0.1f)), RunMemory.Start);
        using var second = new TrainingSession<Online>(1);
        Checkpoint.Load(_folder.File("c"), second, Identity(new Nesterov(0.1f)));
        Assert.Throws<InvalidOperationException>(() => second.TrainEpoch(Few, new Momentum(0.1f)));
        second.TrainEpoch(Few, new Nesterov(0.2f));
    }

    /// <summary>Trains on, once without a stop and once with a checkpoint after some steps, and compares every bit.</summary>
    private void CheckResume<TRule>(TRule rule, int steps)
        where TRule : struct, IUpdateRule<TRule>
    {
        RunIdentity identity = RunIdentity.Of(rule, Samples, new TrainingRunOptions());
        using var whole = new TrainingSession<Digits>(7);
        using var first = new TrainingSession<Digits>(7);
        for (int step = 0; step < steps; step++)
        {
            whole.TrainBatch(Samples, rule);
            first.TrainBatch(Samples, rule);
        }

        Checkpoint.Save(_folder.File("c"), first, identity, RunMemory.Start);
        using var second = new TrainingSession<Digits>(7);
        Checkpoint.Load(_folder.File("c"), second, identity);
        Assert.Equal((whole.StepCount, whole.Progress), (second.StepCount, second.Progress));

        while (whole.EpochCount < 10)
            Assert.Equal(whole.TrainEpoch(Samples, rule), second.TrainEpoch(Samples, rule));
        Assert.Equal(whole.Parameters, second.Parameters);
        Assert.Equal(whole.State, second.State);
    }

    private static byte[] Save(string path)
    {
        using var session = new TrainingSession<Online>(1);
        for (int step = 0; step < 3; step++)
            session.TrainBatch(Few, new Adam());
        Checkpoint.Save(path, session, Identity(new Adam()), RunMemory.Start);
        return File.ReadAllBytes(path);
    }

    private static RunIdentity Identity<TRule>(TRule rule)
        where TRule : struct, IUpdateRule<TRule>
        => RunIdentity.Of(rule, Few, new TrainingRunOptions());

    private void AssertRefused(TrainingSession<Online> session, RunIdentity identity, byte[] content)
    {
        string path = _folder.File("bad", content);
        StorageFormatException exception = Assert.Throws<StorageFormatException>(() => Checkpoint.Load(path, session, identity));
        Assert.Equal($"{path}: does not end in the SHA-256 of its contents; it is damaged, cut short or not a checkpoint", exception.Message);
    }

    private static void Refuse(string problem, Action load)
        => Assert.Contains(problem, Assert.Throws<StorageFormatException>(load).Message, StringComparison.Ordinal);
}
