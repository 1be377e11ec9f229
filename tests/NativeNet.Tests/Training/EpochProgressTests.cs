using NativeNet.Data;
using NativeNet.Tests.Networks;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

public sealed class EpochProgressTests
{
    private static readonly DataSet Samples = DigitsDataSet.Load().Train;

    [Fact]
    public void Every_step_is_told_and_the_last_tells_the_epoch()
    {
        var steps = new Steps(int.MaxValue);
        using var session = new TrainingSession<Digits>(seed: 1);

        Evaluation epoch = session.TrainEpoch(Samples, new Sgd(0.1f), steps);

        Assert.Equal(Enumerable.Range(1, 45).Select(static step => Math.Min(step * 32, 1438)), steps.Told.Select(static told => told.Count));
        Assert.Equal(epoch, steps.Told[^1]);
    }

    [Fact]
    public void An_exception_ends_the_epoch_between_two_steps()
    {
        using var session = new TrainingSession<Digits>(seed: 1);

        Assert.Throws<TimeoutException>(() => session.TrainEpoch(Samples, new Sgd(0.1f), new Steps(3)));

        Assert.Equal((3, 0), (session.StepCount, session.EpochCount));
    }

    private sealed class Steps(int most) : IProgress<Evaluation>
    {
        public List<Evaluation> Told { get; } = [];

        public void Report(Evaluation value)
        {
            Told.Add(value);
            if (Told.Count == most)
                throw new TimeoutException();
        }
    }
}
