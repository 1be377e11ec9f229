using System.Runtime.ExceptionServices;

namespace NativeNet.Program.Experiments;

/// <summary>Runs work on as many threads as there are cores, or as the system grants.</summary>
internal static class Abreast
{
    /// <summary>Does <paramref name="work"/> for every number below <paramref name="count"/>, each once.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="work">Does one; what it throws ends the others behind those at hand, and is thrown here.</param>
    public static void Run(int count, Action<int> work)
    {
        int next = 0;
        ExceptionDispatchInfo? failure = null;
        var helpers = new List<Thread>();
        while (helpers.Count < Math.Min(Environment.ProcessorCount, count) - 1 && TryStart(Work) is { } helper)
            helpers.Add(helper);

        Work();
        foreach (Thread helper in helpers)
            helper.Join();
        failure?.Throw();

        void Work()
        {
            try
            {
                for (int i; failure is null && (i = Interlocked.Increment(ref next) - 1) < count;)
                    work(i);
            }
#pragma warning disable CA1031 // the caller gets it, whatever it is
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            }
        }
    }

    private static Thread? TryStart(ThreadStart work)
    {
        try
        {
            var thread = new Thread(work);
            thread.Start();
            return thread;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            return null;
        }
    }
}
