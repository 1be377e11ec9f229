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

    /// <summary>Gates that lie one behind the other in files lie side by side in every panel of units.</summary>
    [Theory]
    [InlineData(1, 3, 16, 3, 4)]
    [InlineData(5, 20, 16, 3, 20)]
    [InlineData(2, 37, 16, 4, 40)]
    [InlineData(7, 9, 9, 4, 9)]
    public void Gates_of_a_unit_lie_side_by_side(int rows, int units, int width, int gates, int padded)
    {
        var matrix = new PanelMatrix(rows, gates * units, width, gates);
        var places = new HashSet<int>();
        for (int k = 0; k < rows; k++)
        {
            for (int n = 0; n < gates * units; n++)
            {
                (int gate, int unit) = (n / units, n % units);
                int panel = unit / width, own = matrix.Width(panel);
                int expected = (rows * gates * width * panel) + (((k * gates) + gate) * own) + (unit % width);
                Assert.Equal(expected, matrix.IndexOf(k, n));
                Assert.Equal(gates * own, matrix.RowStep(n));
                Assert.True(places.Add(expected));
            }
        }

        Assert.Equal(rows * gates * padded, matrix.Length);
        Assert.True(places.Max() < matrix.Length);
    }
}
