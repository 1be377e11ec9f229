using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

public sealed class PhiloxTests
{
    // The known answers that the paper's authors distribute with their library, Random123.
    [Theory]
    [InlineData(
        0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u,
        0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Blocks_are_the_published_ones(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3)
        => Assert.Equal((w0, w1, w2, w3), Philox.Block((c0, c1, c2, c3), (k0, k1)));

    [Fact]
    public void A_word_is_found_by_its_stream_and_index()
    {
        var random = new Philox(0x299f31d0_a4093822);
        const uint stream = 0x13198a2e;
        const ulong block = 0x05a308d3_243f6a88;
        (uint w0, uint w1, uint w2, uint w3) = Philox.Block(
            (0x243f6a88, 0x05a308d3, stream, 0), (0xa4093822, 0x299f31d0));

        Assert.Equal(
            [w0, w1, w2, w3], Enumerable.Range(0, 4).Select(word => random.Bits(stream, (4 * block) + (ulong)word)));
    }

    [Fact]
    public void Seed_stream_and_index_all_matter()
    {
        uint[] words =
        [
            new Philox(1).Bits(2, 3), new Philox(9).Bits(2, 3), new Philox(1UL << 32).Bits(2, 3),
            new Philox(1).Bits(9, 3), new Philox(1).Bits(2, 9), new Philox(1).Bits(2, 3UL << 40),
        ];
        Assert.Equal(words.Length, words.Distinct().Count());
    }

    [Fact]
    public void Uniform_numbers_lie_in_their_ranges_and_are_spread_evenly()
    {
        const int count = 100_000;
        var random = new Philox(5);
        double sum = 0.0, symmetricSum = 0.0;
        for (ulong i = 0; i < count; i++)
        {
            float uniform = random.Uniform(0, i), symmetric = random.SymmetricUniform(0, i);
            Assert.InRange(uniform, 0f, 1f - (1f / (1 << 24)));
            Assert.InRange(MathF.Abs(symmetric), 1f / (1 << 24), 1f - (1f / (1 << 24)));
            Assert.True(int.IsOddInteger((int)(symmetric * (1 << 24))));
            sum += uniform;
            symmetricSum += symmetric;
        }

        // Five standard deviations of the mean: 1/√12 and 1/√3 over √count.
        Assert.Equal(0.5, sum / count, 5.0 / Math.Sqrt(12.0 * count));
        Assert.Equal(0.0, symmetricSum / count, 5.0 / Math.Sqrt(3.0 * count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void Integers_stay_below_their_bound_and_reach_both_ends(int bound)
    {
        var random = new Philox(6);
        int[] values = [.. Enumerable.Range(0, 20_000).Select(i => random.Below(0, (ulong)i, bound))];
        Assert.InRange(values.Min(), 0, bound / 1000);
        Assert.InRange(values.Max(), bound - 1 - (bound / 1000), bound - 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void There_is_no_integer_below_nothing(int bound)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new Philox(0).Below(0, 0, bound));

    [Fact]
    public void A_shuffle_is_a_permutation_of_its_own_for_every_epoch()
    {
        int[] first = Shuffled(seed: 1, epoch: 0);
        Assert.Equal(Enumerable.Range(0, 100), first.Order());
        Assert.NotEqual(Enumerable.Range(0, 100), first);
        Assert.Equal(first, Shuffled(seed: 1, epoch: 0));
        Assert.NotEqual(first, Shuffled(seed: 1, epoch: 1));
        Assert.NotEqual(first, Shuffled(seed: 2, epoch: 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(99)]
    [InlineData(1003)]
    public void A_shuffle_swaps_each_position_by_its_own_word(int length)
    {
        var random = new Philox(9);
        int[] expected = [.. Enumerable.Range(0, length)], items = [.. expected];
        for (int i = length - 1; i > 0; i--)
        {
            int other = random.Below(RandomStreams.Shuffle, (3ul << 32) + (ulong)i, i + 1);
            (expected[i], expected[other]) = (expected[other], expected[i]);
        }

        random.Shuffle(items, RandomStreams.Shuffle, epoch: 3);
        Assert.Equal(expected, items);
    }

    [Fact]
    public void Every_order_of_three_is_as_likely_as_another()
    {
        const int count = 6000;
        var counts = new Dictionary<int, int>();
        for (uint epoch = 0; epoch < count; epoch++)
        {
            int[] items = [0, 1, 2];
            new Philox(7).Shuffle(items, RandomStreams.Shuffle, epoch);
            int order = (100 * items[0]) + (10 * items[1]) + items[2];
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // Five standard deviations of a binomial count with p = 1/6.
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, value => Assert.InRange(value, 1000 - 145, 1000 + 145));
    }

    private static int[] Shuffled(ulong seed, uint epoch)
    {
        int[] items = [.. Enumerable.Range(0, 100)];
        new Philox(seed).Shuffle(items, RandomStreams.Shuffle, epoch);
        return items;
    }
}
