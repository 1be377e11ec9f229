using System.Diagnostics;

namespace NativeNet.Program.Bench;

/// <summary>Measures workloads in turn, many rounds, and keeps the shortest time of each.</summary>
/// <remarks>
/// Interference only ever adds time, so the minimum comes closest to the code's own. Taking turns lets a slow spell of
/// the machine or a change of its clock meet all workloads alike, so that ratios between them hold.
/// </remarks>
internal sealed class RoundRobin
{
    /// <summary>A sample lasts about so long: thousands of times the clock's resolution, a fraction of a time slice.</summary>
    private const double SampleSeconds = 400e-6;

    private readonly Entry[] _entries;

    /// <summary>Prepares to measure.</summary>
    /// <param name="workloads">What to measure.</param>
    public RoundRobin(IEnumerable<Workload> workloads) => _entries = [.. workloads.Select(static workload => new Entry(workload))];

    /// <summary>The results so far, in the order of the workloads.</summary>
    public Measurement[] Results
        => [.. _entries.Select(static entry => new Measurement(entry.Workload, entry.Best, entry.AllocatedBytes))];

    /// <summary>Gives every workload one turn.</summary>
    public void RunRound()
    {
        foreach (Entry entry in _entries)
            entry.Measure();
    }

    private sealed class Entry(Workload workload)
    {
        public Workload Workload { get; } = workload;

        public double Best { get; private set; } = double.PositiveInfinity;

        /// <summary>The fewest of any turn: what the runtime's own threads allocate now and then is not the workload's.</summary>
        public long AllocatedBytes { get; private set; } = long.MaxValue;

        public void Measure()
        {
            // What ran before has filled the caches with its own data.
            Workload.Run();

            int runs = double.IsFinite(Best) ? (int)Math.Max(1, SampleSeconds / Best) : 1;
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < runs; i++)
                Workload.Run();
            long ticks = Stopwatch.GetTimestamp() - start;
            AllocatedBytes = Math.Min(AllocatedBytes, GC.GetTotalAllocatedBytes(precise: true) - allocated);

            // A TimeSpan would round to 100 ns, which is a lot for a loop of ten microseconds.
            Best = Math.Min(Best, (double)ticks / Stopwatch.Frequency / runs);
        }
    }
}
