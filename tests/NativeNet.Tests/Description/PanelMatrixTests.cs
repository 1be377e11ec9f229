using NativeNet.Description;

namespace NativeNet.Tests.Description;

public sealed class PanelMatrixTests
{
    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(3, 4, 4)]
    [InlineData(3, 5, 8)]
    [InlineData(64, 10, 16)]
    [InlineData(64, 17, 32)]
    [InlineData(64, 32, 32)]
    [InlineData(64, 33, 36)]
    [InlineData(784, 100, 100)]
    [InlineData(512, 512, 512)]
    public void Every_element_has_its_own_place(int rows, int columns, int padded)
    {
        var matrix = new PanelMatrix(rows, columns);
        var places = new HashSet<int>();
        for (int k = 0; k < rows; k++)
        {
            for (int n = 0; n < padded; n++)
                Assert.True(places.Add(matrix.IndexOf(k, n)));
        }

        Assert.Equal(padded, matrix.PaddedColumns);
        Assert.Equal(rows * padded, matrix.Length);
        Assert.Equal(0, places.Min());
        Assert.Equal(matrix.Length - 1, places.Max());
    }
}
