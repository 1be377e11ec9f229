using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

public sealed class DropoutMaskTests
{
    private const int Samples = 16;
    private const int Elements = 4000;

    private static readonly TrainingDraw Draw = new(Seed: 0xFEDC_BA98_7654_3210, Step: 7, FirstSample: 30);

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.999f)]
    public void Vectors_keep_what_scalars_keep(float rate)
    {
        var mask = new DropoutMask(Draw, layerIndex: 3, rate);
        AssertSame<Lanes128>(mask);
        AssertSame<Lanes256>(mask);
        AssertSame<Lanes512>(mask);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.75f)]
    public void The_share_that_is_dropped_is_the_rate(float rate)
    {
        double dropped = Kept(new DropoutMask(Draw, layerIndex: 0, rate)).Count(static keeps => !keeps) / (double)(Samples * Elements);

        // Five standard deviations of a mean of independent draws.
        double bound = 5 * Math.Sqrt(rate * (1 - rate) / (Samples * Elements));
        Assert.InRange(dropped, rate - bound, rate + bound);
    }

    [Fact]
    public void Kept_values_are_scaled_so_that_the_mean_stays()
    {
        Assert.Equal(2f, new DropoutMask(Draw, layerIndex: 0, 0.5f).Scale);
        Assert.Equal(1 / (1 - 0.3f), new DropoutMask(Draw, layerIndex: 0, 0.3f).Scale);
    }

    [Fact]
    public void Seed_step_layer_sample_and_element_all_matter()
    {
        bool[] kept = Kept(new DropoutMask(Draw, layerIndex: 0, 0.5f));
        bool[][] others =
        [
            Kept(new DropoutMask(Draw with { Seed = Draw.Seed + 1 }, layerIndex: 0, 0.5f)),
            Kept(new DropoutMask(Draw with { Seed = Draw.Seed ^ (1UL << 63) }, layerIndex: 0, 0.5f)),
            Kept(new DropoutMask(Draw with { Step = 8 }, layerIndex: 0, 0.5f)),
            Kept(new DropoutMask(Draw, layerIndex: 1, 0.5f)),
            [.. kept[Elements..], .. kept[..Elements]],
            [.. kept[1..], kept[0]],
        ];

        // Independent masks of rate 0.5 agree in half of the places: 32,000 of 64,000, give or take five times 126.
        Assert.All(others, other => Assert.InRange(kept.Zip(other).Count(static pair => pair.First == pair.Second), 31_370, 32_630));
    }

    [Fact]
    public void The_samples_of_a_step_are_numbered_through()
    {
        var whole = new DropoutMask(Draw, layerIndex: 2, 0.5f);
        var second = new DropoutMask(Draw with { FirstSample = Draw.FirstSample + 5 }, layerIndex: 2, 0.5f);

        Assert.Equal(
            Enumerable.Range(0, Elements).Select(element => whole.Keeps(5 + 2, (uint)element)),
            Enumerable.Range(0, Elements).Select(element => second.Keeps(2, (uint)element)));
    }

    private static bool[] Kept(DropoutMask mask)
        => [.. Enumerable.Range(0, Samples * Elements).Select(i => mask.Keeps((uint)(i / Elements), (uint)(i % Elements)))];

    private static void AssertSame<TLanes>(DropoutMask mask)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> lanes = stackalloc float[TLanes.Count];
        for (uint sample = 0; sample < Samples; sample += (uint)TLanes.Count)
        {
            for (uint element = 0; element < 100; element += 4)
            {
                (TLanes m0, TLanes m1, TLanes m2, TLanes m3) = mask.Keeps<TLanes>(sample, element);
                TLanes[] masks = [m0, m1, m2, m3];
                for (uint i = 0; i < masks.Length; i++)
                {
                    TLanes.Select(masks[i], TLanes.Create(1), TLanes.Create(0)).Store(ref lanes[0], 0);
                    for (int lane = 0; lane < lanes.Length; lane++)
                        Assert.Equal(mask.Keeps(sample + (uint)lane, element + i), lanes[lane] == 1);
                }
            }
        }
    }
}
