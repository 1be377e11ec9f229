using NativeNet.Description;

namespace NativeNet.Tests.Description;

public sealed class WindowAxisTests
{
    [Theory]
    [InlineData(5, 3, 1, 1, 0, 3, 9)]
    [InlineData(5, 3, 1, 1, 1, 5, 13)]
    [InlineData(5, 3, 2, 1, 1, 3, 7)]
    [InlineData(6, 3, 2, 1, 0, 3, 8)]
    [InlineData(7, 3, 1, 2, 2, 7, 17)]
    [InlineData(2, 5, 1, 1, 2, 2, 4)]
    public void Taps_outside_of_the_input_are_not_counted(int input, int kernel, int stride, int dilation, int before, int output, int expected)
    {
        var axis = new WindowAxis(input, kernel, stride, dilation, before, output);
        int counted = Enumerable.Range(0, output)
            .Sum(window => Enumerable.Range(0, kernel).Count(tap => axis.Position(window, tap) is var position && position >= 0 && position < input));

        Assert.Equal(expected, counted);
        Assert.Equal(counted, axis.InsideTaps);
    }
}
