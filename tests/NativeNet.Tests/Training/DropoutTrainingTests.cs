using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Storage;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

public sealed class DropoutTrainingTests : IDisposable
{
    private const int Samples = 80;

    /// <summary>Batches of 35, 35 and 10.</summary>
    private static readonly DataSet Data = DataSet.FromFloats(
        Shape.Of(5, 3, 3), [.. Inputs(Samples)], [.. Labels(Samples)], classCount: 5);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_seed_decides_what_is_dropped()
    {
        using var first = new TrainingSession<Dropped>(5);
        using var same = new TrainingSession<Dropped>(5);
        using var other = new TrainingSession<Dropped>(6);
        first.Parameters.CopyTo(other.Parameters);

        float loss = first.Step(Inputs(35), Labels(35), new Sgd(0.1f));

        Assert.Equal(loss, same.Step(Inputs(35), Labels(35), new Sgd(0.1f)));
        Assert.Equal(first.Parameters, same.Parameters);
        Assert.NotEqual(loss, other.Step(Inputs(35), Labels(35), new Sgd(0.1f)));
    }

    [Fact]
    public void Every_step_drops_other_values()
    {
        using var session = new TrainingSession<Dropped>(5);
        var standing = new Sgd(0f);

        float[] losses = [.. Enumerable.Range(0, 10).Select(_ => session.Step(Inputs(35), Labels(35), standing))];

        Assert.Equal(losses.Length, losses.Distinct().Count());
        Assert.DoesNotContain(session.Loss(Inputs(35), Labels(35)), losses);
    }

    [Fact]
    public void Batches_of_one_step_drop_what_one_large_batch_would()
    {
        using var whole = new TrainingSession<Dropped>(5);
        using var parts = new TrainingSession<Dropped>(5);
        float[] inputs = Inputs(35);
        int[] labels = Labels(35);

        float loss = whole.Accumulate(inputs, labels);
        float first = parts.Accumulate(inputs.AsSpan(0, 20 * Dropped.InputLength), labels.AsSpan(0, 20));
        float second = parts.Accumulate(inputs.AsSpan(20 * Dropped.InputLength), labels.AsSpan(20));

        Assert.InRange(((20 * first) + (15 * second)) / 35, loss - 1e-5f, loss + 1e-5f);
    }

    [Fact]
    public void One_gathered_batch_is_a_plain_step()
    {
        using var plain = new TrainingSession<Dropped>(5);
        using var gathered = new TrainingSession<Dropped>(5);

        Assert.Equal(plain.Step(Inputs(35), Labels(35), new Sgd(0.1f)), gathered.Accumulate(Inputs(35), Labels(35)));
        gathered.StepAccumulated(new Sgd(0.1f));
        Assert.Equal(plain.Parameters, gathered.Parameters);
    }

    [Fact]
    public void A_run_goes_on_to_the_same_bits()
    {
        var rule = new Adam(0.01f);
        RunIdentity identity = RunIdentity.Of(rule, Data, new TrainingRunOptions());
        using var straight = new TrainingSession<Dropped>(5);
        using var stopped = new TrainingSession<Dropped>(5);
        using var resumed = new TrainingSession<Dropped>(5);

        for (int step = 0; step < 7; step++)
            straight.TrainBatch(Data, rule);
        for (int step = 0; step < 4; step++)
            stopped.TrainBatch(Data, rule);
        Checkpoint.Save(_folder.File("checkpoint"), stopped, identity, RunMemory.Start);
        Checkpoint.Load(_folder.File("checkpoint"), resumed, identity);
        for (int step = 4; step < 7; step++)
            resumed.TrainBatch(Data, rule);

        Assert.Equal(straight.Parameters, resumed.Parameters);
    }

    private static float[] Inputs(int samples)
        => [.. Enumerable.Range(0, samples * Dropped.InputLength).Select(static i => ((i * 37 % 101) - 50) / 64f)];

    private static int[] Labels(int samples) => [.. Enumerable.Range(0, samples).Select(static b => b * b % 5)];
}
