using System.Collections.Immutable;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Tests.Networks;
using NativeNet.Training;
using NativeNet.Training.Metrics;

namespace NativeNet.Tests.Training;

public sealed class ClassWeightsTests
{
    private static readonly DataSet Samples = DigitsDataSet.Load().Train.Select([.. Enumerable.Range(0, 100)]);

    /// <summary>Two classes around −1 and 1, as far apart as twice their spread, and twenty of the one for one of the other.</summary>
    private static readonly DataSet Rare = Draw(seed: 1, count: 420, every: 21);

    private static readonly DataSet Judged = Draw(seed: 2, count: 2000, every: 2);

    [Fact]
    public void Balanced_weights_are_samples_over_classes_times_samples_of_the_class()
    {
        Assert.Equal([2f / 3, 2, 1], ClassWeights.Balanced(Of([0, 0, 1, 0], classes: 3)));
        Assert.Equal([1f, 1], ClassWeights.Balanced(Of([0, 1, 0, 1], classes: 2)));
        Assert.Equal([11f / 12, 11f / 12, 11f / 9], ClassWeights.Balanced(Of([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1], classes: 3)));
        Assert.Throws<ArgumentException>(() => ClassWeights.Balanced(Samples.WithInputsAsTargets()));
    }

    [Fact]
    public void A_session_takes_weights_of_its_classes()
    {
        using var session = new TrainingSession<Online>(1);
        Assert.Empty(session.ClassWeights);
        session.ClassWeights = [0.5f, 0];
        Assert.Equal([0.5f, 0, 1, 1], session.ClassWeights);
        Assert.Throws<ArgumentException>(() => session.ClassWeights = [1, 1, 1, 1, 1]);
        Assert.Throws<ArgumentException>(() => session.ClassWeights = [1, -1]);
        Assert.Throws<ArgumentException>(() => session.ClassWeights = [float.NaN]);
        Assert.Throws<ArgumentException>(() => session.ClassWeights = [float.PositiveInfinity]);
        Assert.Equal([0.5f, 0, 1, 1], session.ClassWeights);
        session.ClassWeights = default;
        Assert.Empty(session.ClassWeights);

        using var values = new TrainingSession<Binary, float>(1);
        Assert.Throws<ArgumentException>(() => values.ClassWeights = [1]);
    }

    [Fact]
    public void A_step_takes_a_weight_for_every_class()
    {
        float[] parameters = new float[Online.ParametersLength], workspace = new float[Online.TrainingWorkspaceLength], inputs = new float[6];
        Assert.Throws<ArgumentException>("classWeights", () => GeneratedNetwork<Online, int>.Instance.TrainStep(
            parameters, [], inputs, [0], new Sgd(0.1f), 1, workspace, classWeights: [1, 1, 1]));
    }

    /// <summary>Whatever way a session steps, it has the bits of the interpreted network: with threads, gathered, through an object.</summary>
    [Fact]
    public void Every_way_of_training_has_the_same_bits()
    {
        float[] interpreted = Train(new NetworkSession<int>(new InterpretedNetwork(GeneratedNetwork<Digits, int>.Instance), 1));
        Assert.Equal(interpreted, Train(new TrainingSession<Digits>(1)));
        Assert.Equal(interpreted, Train(new TrainingSession<Digits>(1, threads: 2)));
        Assert.Equal(interpreted, Train(new NetworkSession<int>(GeneratedNetwork<Digits, int>.Instance, 1)));
        Assert.Equal(interpreted, Train(new TrainingSession<Digits>(1), accumulated: true));

        using var statically = new TrainingSession<Digits>(1) { ClassWeights = [0.25f, 3, 0, 1, 0.125f] };
        statically.TrainEpoch(Samples, new Sgd(0.05f));
        Assert.Equal(interpreted, RowMajor(statically));

        using var unweighted = new TrainingSession<Digits>(1);
        unweighted.TrainEpoch(Samples, new Sgd(0.05f));
        Assert.NotEqual(interpreted, RowMajor(unweighted));
    }

    [Fact]
    public void Weights_of_one_are_no_weights()
    {
        using var weighted = new TrainingSession<Digits>(1) { ClassWeights = [1] };
        using var unweighted = new TrainingSession<Digits>(1);
        Assert.Equal(unweighted.TrainEpoch(Samples, new Adam()), weighted.TrainEpoch(Samples, new Adam()));
        Assert.Equal(unweighted.Parameters, weighted.Parameters);
    }

    [Fact]
    public void Judging_leaves_them_out()
    {
        using var session = new TrainingSession<Digits>(1);
        Evaluation expected = session.Evaluate(Samples);
        session.ClassWeights = [9, 9, 9];
        Assert.Equal(expected, session.Evaluate(Samples));
    }

    /// <summary>The mean of the recalls, over data with as many of each; the best that is possible there is 0.84.</summary>
    [Fact]
    public void A_rare_class_is_found_as_often_as_a_common_one()
    {
        Assert.InRange(BalancedAccuracy([]), 0.5, 0.75);
        Assert.InRange(BalancedAccuracy(ClassWeights.Balanced(Rare)), 0.8, 0.87);

        static double BalancedAccuracy(ImmutableArray<float> weights)
        {
            using var session = new TrainingSession<Online>(1) { ClassWeights = weights };
            for (int epoch = 0; epoch < 30; epoch++)
                session.TrainEpoch(Rare, new Sgd(0.01f));

            var confusion = new ConfusionMatrix(4);
            float[] input = new float[6], scores = new float[4];
            for (int i = 0; i < Judged.Count; i++)
            {
                Judged.CopyInputs([i], input);
                session.Predict(input, scores);
                confusion.Add(Judged.Labels[i], Classification.ArgMax(scores));
            }

            return (confusion.Recall(0) + confusion.Recall(1)) / 2;
        }
    }

    /// <summary>What counts as an explosion grows with what the samples weigh.</summary>
    [Fact]
    public void Heavy_weights_are_no_breakdown()
    {
        using var session = new TrainingSession<Online>(1) { ClassWeights = [1000, 1000, 1000, 1000] };
        var run = new TrainingRun<Online, Sgd>(session, Rare, new Sgd(1e-6f));
        run.TrainEpoch();
        Assert.Null(run.Breakdown);
    }

    private static float[] Train(NetworkSession<int> session, bool accumulated = false)
    {
        using (session)
        {
            session.ClassWeights = [0.25f, 3, 0, 1, 0.125f];
            var run = new NetworkRun<int, Sgd>(
                session, Samples, new Sgd(0.05f), new TrainingRunOptions { MaximumNorm = accumulated ? 1e6f : float.PositiveInfinity });
            run.TrainEpoch();
            return RowMajor(session);
        }
    }

    private static float[] RowMajor(NetworkSession<int> session)
    {
        float[] rowMajor = new float[session.Network.Tensors.ParameterCount];
        ParameterPacking.Unpack(session.Network.Tensors, session.Parameters, rowMajor);
        return rowMajor;
    }

    private static DataSet Of(int[] labels, int classes) => DataSet.FromFloats(Shape.Of(1), [.. labels.Select(static _ => 0f)], [.. labels], classes);

    private static DataSet Draw(ulong seed, int count, int every)
    {
        var random = new Philox(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % every == 0 ? 1 : 0)];
        return DataSet.FromFloats(
            Shape.Of(6),
            [.. Enumerable.Range(0, 6 * count).Select(i => i % 6 > 0 ? 0 : random.StandardNormal(0, (ulong)i) + (labels[i / 6] == 1 ? 1 : -1))],
            [.. labels], classCount: 4);
    }
}
