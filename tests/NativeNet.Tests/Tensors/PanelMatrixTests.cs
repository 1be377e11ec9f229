using NativeNet.Tensors;

namespace NativeNet.Tests.Tensors;

public sealed class PanelMatrixTests
{
    [Theory]
    [InlineData(1, 1, 32, 4)]
    [InlineData(3, 4, 32, 4)]
    [InlineData(3, 5, 32, 8)]
    [InlineData(64, 10, 32, 16)]
    [InlineData(64, 17, 32, 32)]
    [InlineData(64, 32, 32, 32)]
    [InlineData(64, 33, 32, 36)]
    [InlineData(784, 100, 32, 100)]
    [InlineData(512, 512, 32, 512)]
    [InlineData(9, 33, 48, 48)]
    [InlineData(9, 33, 33, 33)]
    [InlineData(3, 5, 5, 5)]
    [InlineData(7, 1, 1, 1)]
    public void Every_element_has_its_own_place(int rows, int columns, int width, int padded)
    {
        var matrix = new PanelMatrix(rows, columns, width);
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
