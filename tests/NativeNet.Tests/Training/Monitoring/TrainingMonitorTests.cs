using System.Collections.Immutable;
using NativeNet.Data;
using NativeNet.Numerics;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Shared;
using NativeNet.Training;
using NativeNet.Training.Monitoring;

namespace NativeNet.Tests.Training.Monitoring;

public sealed class TrainingMonitorTests
{
    private static readonly TrainTest Data = DigitsDataSet.Load();

    [Fact]
    public void Every_layer_with_parameters_is_watched()
    {
        using var session = new TrainingSession<LearnedSlopes>(seed: 1);

        Assert.Equal([0, 3, 6, 8, 9, 13], new TrainingMonitor(session).Layers);
    }

    [Fact]
    public void A_record_tells_what_the_epoch_did_to_the_weights()
    {
        using var session = new TrainingSession<Digits>(1);
        var monitor = new TrainingMonitor(session);
        float[] start = session.Parameters.ToArray();
        Assert.Null(TrainEpoch(session, monitor, new Sgd(0.1f), out Evaluation epoch));

        EpochRecord record = monitor.Record;
        Assert.Equal((1, 45L, 0.1f), (record.Epoch, record.Step, record.Rate));
        Assert.Equal((epoch.Loss, epoch.Accuracy), (record.Loss, record.Accuracy));
        Assert.Equal(double.NaN, record.ValidationLoss);
        Assert.Equal([1, 2], monitor.Layers);

        // The first layer's weights fill two panels of 16 units without padding.
        ReadOnlySpan<float> weights = session.Parameters[..(64 * 32)];
        double amplitude = 0, before = 0, moved = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            amplitude += Math.Abs(weights[i]);
            before += Math.Abs(start[i]);
            moved += Math.Abs(weights[i] - start[i]);
        }

        LayerRecord first = record.Layers[0];
        Assert.Equal(1, first.Index);
        Assert.Equal(amplitude / before, first.Weights, 1e-6);
        Assert.Equal(moved / weights.Length, first.Updates, 1e-7);
    }

    [Fact]
    public void Weights_stay_relative_to_the_start_and_updates_to_the_epoch()
    {
        using var session = new TrainingSession<Digits>(1);
        var monitor = new TrainingMonitor(session);
        TrainEpoch(session, monitor, new Sgd(0.1f), out _);
        double grown = monitor.Record.Layers[0].Weights;
        Assert.True(grown > 1);

        TrainEpoch(session, monitor, new Sgd(0f), out _);
        Assert.Equal((grown, 0.0), (monitor.Record.Layers[0].Weights, monitor.Record.Layers[0].Updates));
    }

    [Fact]
    public void Gradients_are_those_of_single_samples_whatever_the_batch()
    {
        using var session = new TrainingSession<Digits>(2);
        var monitor = new TrainingMonitor(session);
        TrainEpoch(session, monitor, new Sgd(0f), out _);

        // Softmax and cross-entropy: the gradient of a score is its share, minus 1 at the label; magnitudes add up to
        // 2 · (1 − share of the label).
        double sum = 0;
        float[] scores = new float[10], inputs = new float[64];
        for (int i = 0; i < Data.Train.Count; i++)
        {
            Data.Train.CopyInputs([i], inputs);
            session.Predict(inputs, scores);
            double all = scores.Sum(static score => Math.Exp(score));
            sum += 2 * (1 - (Math.Exp(scores[Data.Train.Labels[i]]) / all));
        }

        Assert.Equal(sum / Data.Train.Count / 10, monitor.Record.Layers[1].Gradients, 1e-6);
    }

    [Fact]
    public void A_unit_that_never_fires_is_dead_and_one_that_does_once_is_not()
    {
        using var session = new TrainingSession<Digits>(3);
        var monitor = new TrainingMonitor(session);
        Span<float> biases = session.Parameters.Slice(64 * 32, 32);
        biases[..8].Fill(-1000);
        Assert.Null(TrainEpoch(session, monitor, new Sgd(0f), out _));
        Assert.Equal([8.0 / 32, 0], monitor.Record.Layers.ToArray().Select(static layer => layer.DeadShare));
    }

    [Fact]
    public void A_layer_whose_units_are_all_dead_is_a_breakdown()
    {
        using var session = new TrainingSession<Digits>(3);
        var monitor = new TrainingMonitor(session);
        session.Parameters.Slice(64 * 32, 32).Fill(-1000);
        TrainingBreakdown? breakdown = TrainEpoch(session, monitor, new Sgd(0.1f), out Evaluation epoch);
        Assert.Equal(new TrainingBreakdown(BreakdownKind.DeadLayer, 1, 45, 1, epoch.Loss), breakdown);
        Assert.Equal($"training broke down in epoch 1, step 45: every unit of layer 1 is 0 for every sample; lower the learning rate", breakdown.ToString());
    }

    [Fact]
    public void The_first_layer_that_is_not_finite_is_named_at_its_step()
    {
        using var session = new TrainingSession<Digits>(4);
        var monitor = new TrainingMonitor(session);
        monitor.AddBatch(session.TrainBatch(Data.Train, new Sgd(0.1f)));


        session.Parameters[(64 * 32) + 32] = float.NaN;
        TrainingBreakdown? breakdown = monitor.AddBatch(session.TrainBatch(Data.Train, new Sgd(0.1f)));
        Assert.Equal((BreakdownKind.NonFiniteLayer, 1, 2L, 2), (breakdown?.Kind, breakdown?.Epoch, breakdown?.Step, breakdown?.Layer));

        session.Parameters[0] = float.NaN;
        breakdown = monitor.AddBatch(session.TrainBatch(Data.Train, new Sgd(0.1f)));
        Assert.Equal((BreakdownKind.NonFiniteLayer, 3L, 1), (breakdown?.Kind, breakdown?.Step, breakdown?.Layer));
    }

    [Fact]
    public void Weights_that_the_last_step_made_infinite_are_found_at_the_end_of_the_epoch()
    {
        using var session = new TrainingSession<Digits>(4);
        var monitor = new TrainingMonitor(session);
        Evaluation epoch = session.TrainEpoch(Data.Train, new Sgd(0.1f));
        session.Parameters[(64 * 32) + 32] = float.PositiveInfinity;
        Assert.Equal(
            new TrainingBreakdown(BreakdownKind.NonFiniteLayer, 1, 45, 2, epoch.Loss), monitor.EndEpoch(epoch, 0.1f));
    }

    [Fact]
    public void A_loss_that_overflows_from_finite_scores_is_told_apart()
    {
        using var session = new TrainingSession<Digits>(4);
        var monitor = new TrainingMonitor(session);
        Span<float> scoreBiases = session.Parameters.Slice((64 * 32) + 32 + (32 * 16), 10);
        scoreBiases[0] = 3e38f;
        scoreBiases[1] = -3e38f;
        TrainingBreakdown? breakdown = monitor.AddBatch(session.TrainBatch(Data.Train, new Sgd(0.1f)));
        Assert.Equal(BreakdownKind.NonFiniteLoss, breakdown?.Kind);
    }

    [Fact]
    public void A_loss_beyond_a_hundred_guesses_has_exploded()
    {
        using var session = new TrainingSession<Digits>(4);
        var monitor = new TrainingMonitor(session);
        Span<float> scoreBias = session.Parameters.Slice((64 * 32) + 32 + (32 * 16), 1);
        scoreBias[0] = 200;
        Assert.Null(monitor.AddBatch(session.TrainBatch(Data.Train, new Sgd(0f))));
        scoreBias[0] = 400;
        Assert.Equal(BreakdownKind.ExplodedLoss, monitor.AddBatch(session.TrainBatch(Data.Train, new Sgd(0f)))?.Kind);
    }

    /// <summary>The update of a last step has no later loss to show in.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_bias_that_is_not_finite_is_found_at_the_end_of_its_epoch(float value)
    {
        using var session = new TrainingSession<Digits>(4);
        var monitor = new TrainingMonitor(session);
        session.Parameters[Digits.Tensors.Slots[1].Offset] = value;
        TrainingBreakdown? breakdown = monitor.EndEpoch(new Evaluation(1, 1, 1), 0.1f);
        Assert.Equal((BreakdownKind.NonFiniteLayer, 1), (breakdown?.Kind, breakdown?.Layer));
    }

    [Fact]
    public void An_epoch_that_was_watched_in_part_has_no_sums_of_its_own()
    {
        using var session = new TrainingSession<Digits>(4);
        for (int step = 0; step < 3; step++)
            session.TrainBatch(Data.Train, new Sgd(0f));
        var monitor = new TrainingMonitor(session);
        TrainEpoch(session, monitor, new Sgd(0f), out _);
        Assert.All(monitor.Record.Layers.ToArray(), static layer => Assert.Equal((1, double.NaN, double.NaN, double.NaN), (layer.Weights, layer.Gradients, layer.Updates, layer.DeadShare)));

        TrainEpoch(session, monitor, new Sgd(0f), out _);
        Assert.All(monitor.Record.Layers.ToArray(), static layer => Assert.Equal((true, 0), (layer.Gradients > 0, layer.Updates)));
    }

    [Fact]
    public void Watching_allocates_nothing()
    {
        using var session = new TrainingSession<Digits>(5);
        var monitor = new TrainingMonitor(session);
        Assert.Equal(0, Allocations.Of(() => TrainEpoch(session, monitor, new Adam(), out _)));
    }

    [Theory]
    [InlineData(4, BreakdownKind.DeadLayer)]
    [InlineData(8, BreakdownKind.ExplodedLoss)]
    public void Breakdown_at_a_high_rate_is_found_although_the_loss_stays_finite(ulong seed, BreakdownKind kind)
    {
        TrainingBreakdown? breakdown = FirstBreakdown(Data.Train, seed, rate: 2f, epochs: 60);
        Assert.Equal(kind, breakdown?.Kind);
        Assert.True(double.IsFinite(breakdown!.Value.Loss));
    }

    [Fact]
    public void A_slow_start_that_predicts_one_class_is_not_a_breakdown()
        => Assert.Null(FirstBreakdown(Data.Train, seed: 5, rate: 0.0035f, epochs: 30));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void An_adequate_rate_is_not_a_breakdown(ulong seed)
        => Assert.Null(FirstBreakdown(Data.Train.Select([.. Enumerable.Range(0, 200)]), seed, rate: 0.1f, epochs: 200));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Small_batches_at_an_adequate_rate_are_not_a_breakdown(ulong seed)
    {
        using var session = new TrainingSession<Digits>(seed);
        var monitor = new TrainingMonitor(session);
        for (int epoch = 0; epoch < 5; epoch++)
            Assert.Null(TrainEpoch(session, monitor, new Momentum(0.05f), out _));
    }

    private static TrainingBreakdown? FirstBreakdown(DataSet data, ulong seed, float rate, int epochs)
    {
        using var session = new TrainingSession<Deep>(seed);
        var monitor = new TrainingMonitor(session);
        TrainingBreakdown? breakdown = null;
        for (int epoch = 0; epoch < epochs && breakdown is null; epoch++)
            breakdown = TrainEpoch(session, monitor, new Sgd(rate), out _, data);
        return breakdown;
    }

    private static TrainingBreakdown? TrainEpoch<TNetwork, TRule>(
        TrainingSession<TNetwork> session, TrainingMonitor monitor, TRule rule, out Evaluation epoch, DataSet? data = null)
        where TNetwork : struct, INetwork<int>
        where TRule : struct, IUpdateRule<TRule>
    {
        EpochProgress progress = default;
        do
        {
            Evaluation batch = session.TrainBatch(data ?? Data.Train, rule);
            progress = progress.With(batch);
            epoch = progress.Evaluation;
            if (monitor.AddBatch(batch) is { } breakdown)
                return breakdown;
        }
        while (session.Progress.Position > 0);

        return monitor.EndEpoch(epoch, rule.LearningRate);
    }

    /// <summary>Where rows wait for a normalization on the way back, gradients behind it give up their memory.</summary>
    [Fact]
    public void What_a_step_leaves_of_layers_is_recorded_and_nothing_else()
    {
        TrainableNetwork<int> network = GeneratedNetwork<BatchNormed, int>.Instance;
        LayerBuffers[] layers = [.. Enumerable.Range(0, network.LayerCount).Select(network.Layer)];
        Assert.Contains(layers, static layer => layer.Gradients < 0);
        Assert.All(layers, static layer => Assert.True(layer.Gradients < BatchNormed.TrainingWorkspaceLength));
        Assert.True(layers[^1].Outputs >= 0);

        using var session = new TrainingSession<BatchNormed>(1);
        var monitor = new TrainingMonitor(session);
        ImmutableArray<float> inputs = [.. Enumerable.Range(0, 20 * BatchNormed.InputLength).Select(static i => (i * 37 % 101) / 101f)];
        DataSet data = DataSet.FromFloats(session.Network.InputShape, inputs, [.. Enumerable.Range(0, 20).Select(static i => i % BatchNormed.OutputLength)], BatchNormed.OutputLength);
        Evaluation batch = session.TrainBatch(data, new Sgd(0.1f));
        Assert.Null(monitor.AddBatch(batch));
        Assert.Null(monitor.EndEpoch(batch, 0.1f));

        for (int i = 0; i < layers.Length; i++)
            Assert.Equal(layers[i].Gradients >= 0, monitor.Record.Layers[i].Gradients > 0);
    }
}
