namespace NativeNet.Tests.Processes;

public sealed class RowShareTests
{
    [Theory]
    [InlineData(1, 32)]
    [InlineData(31, 32)]
    [InlineData(33, 32)]
    [InlineData(128, 32)]
    [InlineData(20, 16)]
    [InlineData(7, 4)]
    public void Rows_are_dealt_out_in_whole_grains_and_once(int count, int grain)
    {
        for (int processes = 1; processes <= 9; processes++)
        {
            int next = 0;
            for (int process = 0; process < processes; process++)
            {
                (int first, int end) = ProcessPlan.RowsOf(process, count, grain, processes);
                Assert.Equal(next, first);
                Assert.True(first == end || first % grain == 0);
                next = end;
            }

            Assert.Equal(count, next);
        }
    }
}
