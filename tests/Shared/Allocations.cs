namespace NativeNet.Tests.Shared;

/// <summary>What an action allocates once everything that it needs is there.</summary>
internal static class Allocations
{
    /// <summary>
    /// The bytes that every call of <paramref name="action"/> allocates on this thread: the fewest of ten calls after a first one,
    /// which may load code. A background collection counts what is left of a thread's buffer as allocated by it, whatever the
    /// thread does; what the action allocates by itself it allocates in every call.
    /// </summary>
    public static long Of(Action action)
    {
        action();
        long fewest = long.MaxValue;
        for (int call = 0; call < 10; call++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
