using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

public sealed class RowSumTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void The_order_is_that_of_sixteen_partial_sums(int length)
    {
        var random = new Philox(3);
        float[] row = [.. Enumerable.Range(0, length).Select(i => 1000f * random.SymmetricUniform(0, (ulong)i))];

        float[] s = new float[16];
        for (int i = 0; i < length; i++)
            s[i % 16] += row[i];
        float expected = (((s[0] + s[8]) + (s[4] + s[12])) + ((s[2] + s[10]) + (s[6] + s[14])))
            + (((s[1] + s[9]) + (s[5] + s[13])) + ((s[3] + s[11]) + (s[7] + s[15])));

        Assert.True(Widths.SameBits(expected, RowSum.Of<float>(row)));
    }

    [Fact]
    public void Neighbours_sixteen_apart_meet_first()
    {
        // 1e8 swallows the ones unless element 16 cancels it before they are added.
        var row = new float[32];
        row.AsSpan(1, 15).Fill(1f);
        (row[0], row[16]) = (1e8f, -1e8f);
        Assert.Equal(15f, RowSum.Of<float>(row));
    }

    [Fact]
    public void A_row_of_negative_zeros_sums_to_positive_zero()
        => Assert.True(Widths.SameBits(0f, RowSum.Of<float>([-0f, -0f])));

    [Fact]
    public void It_also_runs_in_double() => Assert.Equal(0.1 + 0.2, RowSum.Of<double>([0.1, 0.2]));
}
