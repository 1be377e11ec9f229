using NativeNet.Kernels;

namespace NativeNet.Tests.Kernels;

public sealed class TrainingPhaseTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(7)]
    public void Rows_are_cut_into_whole_grains_and_every_sample_is_in_one_part(int grain)
    {
        TrainingPhase phase = TrainingPhase.Rows(grain);
        for (int samples = 1; samples <= 100; samples++)
        {
            for (int threads = 1; threads <= 9; threads++)
            {
                int next = 0, parts = phase.CountParts(samples, threads);
                Assert.InRange(parts, 1, threads);
                for (int i = 0; i < parts; i++)
                {
                    PhasePart part = phase.Part(i, samples, threads);
                    Assert.Equal((0, next), (part.Layer, part.First));
                    Assert.Equal(0, part.First % grain);
                    Assert.True(part.Count > 0);
                    next += part.Count;
                }

                Assert.Equal(samples, next);
            }
        }
    }

    [Fact]
    public void One_thread_has_all_rows_in_one_part() => Assert.Equal(1, TrainingPhase.Rows(16).CountParts(samples: 100, threads: 1));

    [Fact]
    public void Statistics_are_shared_by_all_threads()
    {
        TrainingPhase phase = TrainingPhase.Statistics();

        Assert.Equal(3, phase.CountParts(samples: 1, threads: 3));
        Assert.Equal(
            [new PhasePart(0, 0, 3), new PhasePart(0, 1, 3), new PhasePart(0, 2, 3)],
            Enumerable.Range(0, 3).Select(i => phase.Part(i, samples: 1, threads: 3)));
    }

    [Fact]
    public void An_update_is_each_layer_shared_by_all_threads()
    {
        TrainingPhase phase = TrainingPhase.Update(layers: 2);

        Assert.Equal(4, phase.CountParts(samples: 50, threads: 2));
        Assert.Equal(
            [new PhasePart(0, 0, 2), new PhasePart(0, 1, 2), new PhasePart(1, 0, 2), new PhasePart(1, 1, 2)],
            Enumerable.Range(0, 4).Select(i => phase.Part(i, samples: 50, threads: 2)));
    }

    [Fact]
    public void Nothing_to_cut_is_no_phase()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingPhase.Rows(grain: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingPhase.Update(layers: 0));
    }
}
