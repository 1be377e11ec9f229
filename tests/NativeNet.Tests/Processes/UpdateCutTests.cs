using NativeNet.Kernels;
using NativeNet.Processes;

namespace NativeNet.Tests.Processes;

public sealed class UpdateCutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(100)]
    public void Every_layer_is_dealt_out_whole_and_once(int processes)
    {
        long[] work = [401_408, 1, 262_144, 5_120, 7];
        var cut = new UpdateCut(work, processes);

        for (int layer = 0; layer < work.Length; layer++)
        {
            foreach (int length in (int[])[1, 2, 5, 49, 196])
            {
                int[] times = new int[length];
                foreach (PhasePart part in Enumerable.Range(0, processes).SelectMany(process => cut.Shares(layer, process)))
                {
                    Assert.Equal(layer, part.Layer);
                    WorkRange share = WorkRange.Of(length, 1, part.First, part.Count);
                    for (nuint i = share.Start; i < share.End; i++)
                        times[i]++;
                }

                Assert.All(times, static time => Assert.Equal(1, time));
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Processes_have_about_equal_work(int processes)
    {
        long[] work = [401_408, 262_144, 5_120];
        var cut = new UpdateCut(work, processes);
        double[] own = [.. Enumerable.Range(0, processes).Select(process
            => Enumerable.Range(0, work.Length).Sum(layer => cut.Shares(layer, process).Sum(part => (double)work[layer] / part.Count)))];

        Assert.All(own, share => Assert.InRange(share / work.Sum() * processes, 0.97, 1.03));
    }

    [Fact]
    public void A_layer_for_all_is_one_share_for_each()
        => Assert.Equal([new PhasePart(0, 2, 3)], new UpdateCut([5], 3).Shares(0, 2));
}
