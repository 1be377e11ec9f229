using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Reference;
using NativeNet.Storage;
using NativeNet.Tensors;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Shared;
using NativeNet.Tests.Storage;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

public sealed class BatchNormTrainingTests : IDisposable
{
    private const int Samples = 80;

    private static readonly NetworkSpec Spec = NetworkSpec.Parse(JsonOf<BatchNormed>());

    /// <summary>Batches of 35, 35 and 10.</summary>
    private static readonly DataSet Data = DataSet.FromFloats(Spec.Input, [.. Inputs(Samples)], [.. Labels(Samples)], classCount: 5);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Running_averages_lie_behind_all_that_is_trained()
    {
        TensorTable table = BatchNormed.Tensors;
        foreach (TensorSlot slot in table.Slots)
            Assert.Equal(slot.IsGathered, slot.Offset >= table.TrainedLength);

        Assert.Equal(BatchNormed.TrainedLength, table.TrainedLength);
        Assert.Equal(BatchNormed.ParametersLength, table.Length);
        Assert.Equal(
            ["layers.1.running_mean", "layers.1.running_var", "layers.5.running_mean", "layers.5.running_var"],
            table.Slots.Where(static slot => slot.IsGathered).Select(static slot => slot.Name));
    }

    [Fact]
    public void Averages_begin_at_0_and_1_and_move_by_the_momentum()
    {
        using var session = new TrainingSession<BatchNormed>(3);
        Assert.All(Values(session, 1, "running_mean"), static value => Assert.Equal(0f, value));
        Assert.All(Values(session, 1, "running_var"), static value => Assert.Equal(1f, value));

        session.Step(Inputs(35), Labels(35), new Sgd(0.1f, weightDecay: 0.5f));

        for (int c = 0; c < 3; c++)
        {
            double[] channel = Entering(c);
            double mean = channel.Average(), variance = channel.Sum(value => (value - mean) * (value - mean)) / (channel.Length - 1);
            Assert.Equal(0.1 * mean, Values(session, 1, "running_mean")[c], 1e-6);
            Assert.Equal(0.9 + (0.1 * variance), Values(session, 1, "running_var")[c], 1e-6);
        }
    }

    [Fact]
    public void Averages_come_to_predict_what_training_sees()
    {
        using var session = new TrainingSession<BatchNormed>(3);
        for (int step = 0; step < 200; step++)
            session.Step(Inputs(35), Labels(35), new Sgd(0f));

        for (int c = 0; c < 3; c++)
            Assert.Equal(Entering(c).Average(), Values(session, 1, "running_mean")[c], 1e-5);
    }

    [Fact]
    public void Gradients_leave_the_averages_and_sessions_that_gather_move_them()
    {
        using var plain = new TrainingSession<BatchNormed>(3);
        using var gathered = new TrainingSession<BatchNormed>(3);
        float[] gradients = new float[BatchNormed.ParametersLength];
        float[] before = plain.Parameters.ToArray();
        BatchNormed.Gradients(before, Inputs(35), Labels(35), gradients, new float[BatchNormed.TrainingWorkspaceLength]);
        Assert.Equal(before, plain.Parameters);
        Assert.All(gradients[BatchNormed.TrainedLength..], static gradient => Assert.Equal(0f, gradient));

        var rule = new Adam(0.01f, weightDecay: 0.5f);
        plain.Step(Inputs(35), Labels(35), rule);
        gathered.Accumulate(Inputs(35), Labels(35));
        gathered.StepAccumulated(rule);
        Assert.Equal(plain.Parameters, gathered.Parameters);

        float[] once = [.. Values(gathered, 5, "running_var")];
        gathered.Accumulate(Inputs(20), Labels(20));
        gathered.Accumulate(Inputs(15), Labels(15));
        float[] thrice = [.. Values(gathered, 5, "running_var")];
        gathered.StepAccumulated(rule, maximumNorm: 0.01f);
        Assert.NotEqual(once, thrice);
        Assert.Equal(thrice, Values(gathered, 5, "running_var"));
    }

    [Fact]
    public void A_run_goes_on_to_the_same_bits()
    {
        var rule = new Momentum(0.01f);
        RunIdentity identity = RunIdentity.Of(rule, Data, new TrainingRunOptions());
        using var straight = new TrainingSession<BatchNormed>(5);
        using var stopped = new TrainingSession<BatchNormed>(5, threads: 2);
        using var resumed = new TrainingSession<BatchNormed>(5);

        for (int step = 0; step < 7; step++)
            straight.TrainBatch(Data, rule);
        for (int step = 0; step < 4; step++)
            stopped.TrainBatch(Data, rule);
        Checkpoint.Save(_folder.File("checkpoint"), stopped, identity, RunMemory.Start);
        Checkpoint.Load(_folder.File("checkpoint"), resumed, identity);
        for (int step = 4; step < 7; step++)
            resumed.TrainBatch(Data, rule);

        Assert.Equal(straight.Parameters, resumed.Parameters);
        Assert.Equal(straight.Evaluate(Data), resumed.Evaluate(Data));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Steps_allocate_nothing(int threads)
    {
        using var session = new TrainingSession<BatchNormed>(5, threads);
        Assert.Equal(0, Allocations.Of(() =>
        {
            session.TrainEpoch(Data, new Adam(0.001f));
            session.Evaluate(Data);
        }));
    }

    [Fact]
    public void A_batch_of_one_value_a_channel_is_refused_before_anything_changes()
    {
        using var session = new TrainingSession<BatchNormed>(3);
        float[] before = session.Parameters.ToArray();

        const string Expected = "Training takes at least 2 samples at once, not 1: of one, a batchNorm sees one value a channel, which is its own mean. (Parameter 'inputs')";
        Assert.Equal(2, session.Network.LeastSamples);
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => session.Step(Inputs(1), Labels(1), new Sgd(0.1f))).Message);
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => session.Accumulate(Inputs(1), Labels(1))).Message);
        Assert.True(float.IsFinite(session.Loss(Inputs(1), Labels(1))));

        DataSet rest = DataSet.FromFloats(Spec.Input, [.. Inputs(36)], [.. Labels(36)], classCount: 5);
        Assert.StartsWith(
            "36 samples in batches of 35 leave a batch of 1, ", Assert.Throws<DataFormatException>(() => session.TrainBatch(rest, new Sgd(0.1f))).Message, StringComparison.Ordinal);
        Assert.Equal(before, session.Parameters);
    }

    /// <summary>An image has as many values a channel as positions.</summary>
    [Fact]
    public void A_batch_of_one_image_is_trained_on()
    {
        using var session = new TrainingSession<BatchNormedConv>(3);
        session.Step(new float[BatchNormedConv.InputLength], [1], new Sgd(0.1f));
        Assert.Equal(1, session.Network.LeastSamples);
    }

    private static string JsonOf<TNetwork>()
        where TNetwork : struct, INetwork
        => TNetwork.Json;

    /// <summary>A tensor of one number a channel.</summary>
    private static float[] Values(TrainingSession<BatchNormed> session, int layer, string name)
    {
        TensorSlot slot = BatchNormed.Tensors[TensorSlot.NameOf(layer, name)];
        return session.Parameters.Slice(slot.Offset, slot.Count).ToArray();
    }

    /// <summary>What a batch of 35 gives a channel of layer 1, which no parameter has a say in: maxima of the inputs.</summary>
    private static double[] Entering(int channel)
    {
        var pool = new ReferenceNetwork<double>(Spec with { Layers = new EquatableArray<LayerSpec>([Spec.Layers[0]]) });
        double[] maxima = pool.Predict([], Array.ConvertAll(Inputs(35), static value => (double)value));
        return [.. maxima.Where((_, i) => i % 3 == channel)];
    }

    private static float[] Inputs(int samples)
        => [.. Enumerable.Range(0, samples * BatchNormed.InputLength).Select(static i => ((i * 37 % 101) - 50) / 64f)];

    private static int[] Labels(int samples) => [.. Enumerable.Range(0, samples).Select(static b => b * b % 5)];
}
