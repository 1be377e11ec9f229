namespace NativeNet.Data;

/// <summary>The samples to learn from and those to be judged by.</summary>
/// <param name="Train">Used by training.</param>
/// <param name="Test">Never seen by training; of the same input shape and classes.</param>
public sealed record TrainTest(DataSet Train, DataSet Test)
{
    /// <summary>Holds out the last of every <paramref name="every"/> samples for the test; both parts keep their order.</summary>
    /// <param name="all">At least <paramref name="every"/> samples.</param>
    /// <param name="every">At least 2; 5 gives a fifth to the test.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is below 2 or leaves no test sample.</exception>
    public static TrainTest HoldOutEvery(DataSet all, int every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, all.Count);

        IEnumerable<int> positions = Enumerable.Range(0, all.Count);
        int[] train = [.. positions.Where(i => i % every != every - 1)];
        int[] test = [.. positions.Where(i => i % every == every - 1)];
        return new TrainTest(all.Select(train), all.Select(test));
    }
}
