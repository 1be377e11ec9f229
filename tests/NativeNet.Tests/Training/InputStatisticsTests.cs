using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tensors;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Storage;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

/// <summary>Normalization layers take the means and deviations of the data before the first step, and keep them.</summary>
public sealed class InputStatisticsTests : IDisposable
{
    private const int Count = 30;
    private static readonly float[] Inputs = [.. Enumerable.Range(0, Count * 19).Select(static i => i % 19 == 4 ? 0.1f : (((i * 37 % 101) - 20) * (1 + (i % 19))) + (1e4f * (i % 19)))];
    private static readonly float[] Targets = [.. Enumerable.Range(0, Count * 2).Select(static i => MathF.Sin(i))];
    private static readonly DataSet Samples = DataSet.FromFloats(Shape.Of(19), [.. Inputs], [.. Targets]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Exact sums in decimal are the yardstick.</summary>
    [Fact]
    public void They_are_those_of_the_data()
    {
        using var session = new TrainingSession<Fitted, float>(1);
        session.TrainBatch(Samples, new Sgd(0.1f));
        ReadOnlySpan<float> means = Tensor(session, "mean"), deviations = Tensor(session, "deviation");
        for (int c = 0; c < 19; c++)
        {
            decimal[] values = [.. Enumerable.Range(0, Count).Select(i => (decimal)(double)Inputs[(i * 19) + c])];
            decimal mean = values.Average();
            decimal variance = values.Average(value => (value - mean) * (value - mean));
            Assert.Equal((float)mean, means[c]);
            Assert.Equal(variance == 0 ? 1f : (float)Math.Sqrt((double)variance), deviations[c]);
        }

        Assert.Equal(1f, deviations[4]);
        Assert.Equal(0.1f, means[4]);
    }

    /// <summary>Features are channels: every position of every sample counts.</summary>
    [Fact]
    public void Features_of_images_are_their_channels()
    {
        float[] pixels = [.. Enumerable.Range(0, 7 * 45).Select(static i => (i * 13 % 29) + (100f * (i % 3)))];
        DataSet images = DataSet.FromFloats(Shape.Of(5, 3, 3), [.. pixels], [0, 1, 2, 3, 0, 1, 2], 4);
        using var session = new TrainingSession<FittedImage>(1);
        session.AccumulateBatch(images);
        for (int c = 0; c < 3; c++)
            Assert.Equal((float)pixels.Where((_, i) => i % 3 == c).Average(static value => (double)value), Tensor(session, "mean")[c]);
    }

    [Fact]
    public void They_stay_in_training_in_files_and_where_weights_were_loaded()
    {
        using var session = new TrainingSession<Fitted, float>(1);
        session.TrainEpoch(Samples, new AdamW(0.01f));
        float[] means = Tensor(session, "mean").ToArray(), deviations = Tensor(session, "deviation").ToArray();
        for (int epoch = 0; epoch < 5; epoch++)
            session.TrainEpoch(Samples.Select([0, 1, 2, 3]), new AdamW(0.01f, weightDecay: 0.5f));
        Assert.Equal(means, Tensor(session, "mean"));
        Assert.Equal(deviations, Tensor(session, "deviation"));

        ParameterFile.Save(_folder.File("w"), Fitted.Tensors, session.Parameters);
        using var other = new TrainingSession<Fitted, float>(2);
        ParameterFile.Load(_folder.File("w"), Fitted.Tensors, other.Parameters);
        other.TrainEpoch(Samples.Select([5, 6, 7]), new Sgd(0.01f));
        Assert.Equal(means, Tensor(other, "mean"));
        Assert.Equal(deviations, Tensor(other, "deviation"));
    }

    [Fact]
    public void Steps_with_samples_of_ones_own_leave_them_alone()
    {
        using var session = new TrainingSession<Fitted, float>(1);
        session.Step(Inputs.AsSpan(0, 19), Targets.AsSpan(0, 2), new Sgd(0.1f));
        Assert.Equal(new float[19], Tensor(session, "mean"));
    }

    private static ReadOnlySpan<float> Tensor<TTarget>(NetworkSession<TTarget> session, string name)
        where TTarget : unmanaged
    {
        TensorSlot slot = session.Network.Tensors[$"layers.0.{name}"];
        return session.Parameters.Slice(slot.Offset, slot.Count);
    }
}
