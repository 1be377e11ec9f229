using System.Security.Cryptography;
using NativeNet.Data;
using NativeNet.Description;

namespace NativeNet.Tests.Data;

public sealed class DigitsDataSetTests
{
    [Fact]
    public void The_digits_are_split_as_stated()
    {
        var digits = DigitsDataSet.Load();
        Assert.Equal((1438, 359), (digits.Train.Count, digits.Test.Count));
        Assert.Equal((Shape.Of(8, 8, 1), 10), (digits.Train.InputShape, digits.Train.ClassCount));
        Assert.Equal([0, 1, 2, 3, 5], digits.Train.Labels[..5]);
        Assert.Equal([4, 9, 4], digits.Test.Labels[..3]);

        float[] first = new float[64];
        digits.Train.CopyInputs([0], first);
        Assert.Equal([0f, 0f, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0f, 0f], first[..8]);
    }

    /// <summary>Every pixel and label is that of the source.</summary>
    [Fact]
    public void The_lines_are_those_of_the_source()
        => Assert.Equal("8c60f21b0c81e24c822690d80406dbf71fab8eb4523250bafc1ece1d5d71c867", Convert.ToHexStringLower(SHA256.HashData(DigitsText.Lines)));
}
