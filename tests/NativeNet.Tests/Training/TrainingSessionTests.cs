using System.Runtime.CompilerServices;
using NativeNet.Data;
using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Shared;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

public sealed class TrainingSessionTests
{
    private static readonly TrainTest Data = DigitsDataSet.Load();

    [Fact]
    public void Batches_one_by_one_are_an_epoch()
    {
        using var whole = new TrainingSession<Digits>(5);
        Evaluation expected = whole.TrainEpoch(Data.Train, new Momentum(0.01f));

        using var parts = new TrainingSession<Digits>(5);
        for (int batch = 0; batch < 7; batch++)
            parts.TrainBatch(Data.Train, new Momentum(0.01f));
        Assert.Equal((0, 7 * 32, 1438), (parts.EpochCount, parts.Progress.Position, parts.Progress.SampleCount));

        Assert.Equal(expected, parts.TrainEpoch(Data.Train, new Momentum(0.01f)));
        Assert.Equal((1, 0), (parts.EpochCount, parts.Progress.Position));
        Assert.Equal(whole.Parameters, parts.Parameters);
    }

    [Fact]
    public void A_session_continues_with_its_rule_alone()
    {
        Refused(new Momentum(0.01f), new Nesterov(0.01f));
        Refused(new Adam(), new AdamW());
        Refused(new Sgd(0.01f), new Momentum(0.01f));

        static void Refused<TFirst, TSecond>(TFirst first, TSecond second)
            where TFirst : struct, IUpdateRule<TFirst>
            where TSecond : struct, IUpdateRule<TSecond>
        {
            using var session = new TrainingSession<Digits>(5);
            session.TrainBatch(Data.Train, first);
            float[] before = session.Parameters.ToArray();
            Assert.Throws<InvalidOperationException>(() => session.TrainBatch(Data.Train, second));
            Assert.Equal(before, session.Parameters);
            session.TrainBatch(Data.Train, first with { LearningRate = 0.02f });
        }
    }

    /// <summary>A span keeps its memory, whatever becomes of the session.</summary>
    [Fact]
    public void Parameters_outlive_a_session_that_is_forgotten()
    {
        Span<float> parameters = OfForgotten();
        float[] before = parameters.ToArray();
        for (int turn = 0; turn < 5; turn++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            for (int i = 0; i < 200; i++)
            {
                using var other = new AlignedBuffer<float>(parameters.Length);
                other.Span.Fill(77f);
            }
        }

        Assert.Equal(before, parameters);
        Assert.Contains(before, static value => value != 0f);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> OfForgotten() => new TrainingSession<Digits>(5).Parameters;

    [Fact]
    public void The_last_batch_holds_what_is_left()
    {
        using var session = new TrainingSession<Digits>(5);
        int count = 0;
        do
            count = session.TrainBatch(Data.Train, new Sgd(0.1f)).Count;
        while (session.Progress.Position > 0);

        Assert.Equal(1438 % 32, count);
        Assert.Equal(45, session.StepCount);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_gather_and_measure_to_the_same_bits(int threads)
    {
        using var alone = new TrainingSession<Digits>(6);
        using var shared = new TrainingSession<Digits>(6, threads);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            Assert.Equal(alone.TrainEpoch(Data.Train, new Sgd(0.1f)), shared.TrainEpoch(Data.Train, new Sgd(0.1f)));
            Assert.Equal(alone.Evaluate(Data.Test), shared.Evaluate(Data.Test));
        }

        Assert.Equal(alone.Parameters, shared.Parameters);

        // One's own inputs stay what they are, behind a batch that threads have gathered.
        float[] inputs = [.. Enumerable.Range(0, 5 * Digits.InputLength).Select(static i => i % 17 / 16f)], given = [.. inputs];
        Assert.Equal(alone.Step(inputs, [1, 2, 3, 4, 5], new Sgd(0.1f)), shared.Step(inputs, [1, 2, 3, 4, 5], new Sgd(0.1f)));
        Assert.Equal(given, inputs);
        Assert.Equal(alone.Parameters, shared.Parameters);
    }

    [Fact]
    public void Evaluating_in_the_middle_of_an_epoch_changes_nothing()
    {
        using var quiet = new TrainingSession<Digits>(6);
        quiet.TrainEpoch(Data.Train, new Sgd(0.1f));

        using var watched = new TrainingSession<Digits>(6);
        watched.TrainBatch(Data.Train, new Sgd(0.1f));
        watched.Evaluate(Data.Test);
        watched.TrainEpoch(Data.Train, new Sgd(0.1f));
        Assert.Equal(quiet.Parameters, watched.Parameters);
    }

    [Fact]
    public void Every_epoch_has_its_own_order()
    {
        using var session = new TrainingSession<Digits>(7);
        float[] start = session.Parameters.ToArray();
        session.TrainEpoch(Data.Train, new Sgd(0.1f));
        float[] first = session.Parameters.ToArray();
        start.CopyTo(session.Parameters);
        session.TrainEpoch(Data.Train, new Sgd(0.1f));
        Assert.NotEqual(first, session.Parameters.ToArray());
    }

    [Fact]
    public void An_epoch_ends_on_the_data_that_it_began_on()
    {
        using var session = new TrainingSession<Digits>(8);
        session.TrainBatch(Data.Train, new Sgd(0.1f));
        Assert.Throws<InvalidOperationException>(() => session.TrainBatch(Data.Test, new Sgd(0.1f)));
    }

    [Fact]
    public void Epochs_and_evaluations_allocate_nothing_once_the_order_exists()
    {
        using var session = new TrainingSession<Digits>(9);
        Assert.Equal(0, Allocations.Of(() =>
        {
            session.TrainEpoch(Data.Train, new Adam());
            session.Evaluate(Data.Test);
        }));
    }
}
