using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Tests.Kernels;

/// <summary>Chains come to the next process, and whole sums to their owner, as they are.</summary>
public sealed unsafe class ChainRelayTests
{
    private const int Chains = RowSum.PartialSums;

    private static readonly float[] Values = [1f, -0f, 0f, 1e-45f, -1e-45f, 3.4e38f, -3.4e38f, float.PositiveInfinity, 0.1f, -7f];

    [Fact]
    public void Whole_sums_of_any_number_are_what_the_chains_add_up_to()
    {
        // The first sum has the value 3 in one chain alone, the second −0 in all of them, the others any numbers.
        float[] chains = [3f, .. Enumerable.Repeat(0f, 15), .. Enumerable.Repeat(-0f, 16), .. Enumerable.Range(0, 40 * Chains).Select(static i => Values[i * 7 % 10 * (i % 3) % 10])];
        int sums = chains.Length / Chains;
        ChainRelay relay = Counted(chains, sums);
        float[] whole = new float[sums], taken = new float[chains.Length];
        fixed (float* all = new float[chains.Length], own = whole)
        {
            relay.Place(all, own);
            relay.Start(0, ChainStop.Here, ChainStop.Sums);
            relay.Begin(taken);
            Assert.False(relay.End(chains));

            relay.Start(0, ChainStop.Sums, ChainStop.Here);
            relay.Begin(taken);
            Assert.True(relay.End(taken));
        }

        for (int sum = 0; sum < sums; sum++)
        {
            float expected = ChainFold.Fold(ref chains[sum * Chains]);
            Assert.Equal(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(ChainFold.Fold(ref taken[sum * Chains])));
        }
    }

    [Fact]
    public void Chains_go_on_where_the_process_before_has_stopped()
    {
        float[] chains = [.. Enumerable.Range(1, 3 * Chains).Select(static i => (float)i)], taken = new float[2 * Chains];
        ChainRelay relay = Counted(chains, 3);
        fixed (float* all = new float[chains.Length], own = new float[3])
        {
            relay.Place(all, own);
            relay.Start(0, ChainStop.Here, ChainStop.Samples);
            Assert.False(relay.End(chains.AsSpan(0, Chains)));
            Assert.False(relay.End(chains.AsSpan(Chains)));

            relay.Start(0, ChainStop.Samples, ChainStop.Here);
            relay.Begin(taken.AsSpan(0, Chains));
            Assert.Equal(chains[..Chains], taken[..Chains]);
            Assert.True(relay.End(taken.AsSpan(0, Chains)));
            relay.Begin(taken);
            Assert.Equal(chains[Chains..], taken);
        }
    }

    private static ChainRelay Counted(Span<float> chains, int sums)
    {
        var relay = new ChainRelay();
        relay.Count(round: 0);
        Assert.False(relay.End(chains));
        Assert.Equal(sums, relay.Sums);
        return relay;
    }
}
