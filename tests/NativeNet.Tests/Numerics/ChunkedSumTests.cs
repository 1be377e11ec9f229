using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

public sealed class ChunkedSumTests
{
    /// <summary>Lengths around every number of lanes, of partial sums and of a chunk.</summary>
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 36), 4095, 4096, 4097, 4111, 8200];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_order_is_that_of_row_sums_in_chunks(int length)
    {
        var random = new Philox(5);
        float[] x = [.. Enumerable.Range(0, length).Select(i => 1000f * random.SymmetricUniform(0, (ulong)i))];
        float[] y = [.. Enumerable.Range(0, length).Select(i => random.SymmetricUniform(1, (ulong)i))];

        Assert.Equal(Expected([.. x.Select(float.Abs)]), ChunkedSum.Of<MagnitudeTerm>(x));
        Assert.Equal(Expected([.. x.Zip(y, static (a, b) => float.Abs(a - b))]), ChunkedSum.Of<DistanceTerm>(x, y));
    }

    private static double Expected(float[] terms)
    {
        double sum = 0;
        foreach (float[] chunk in terms.Chunk(4096))
            sum += RowSum.Of<float>(chunk);
        return sum;
    }
}
