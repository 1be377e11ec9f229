namespace NativeNet.Program.Bench;

/// <summary>What one run of a workload takes.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Seconds">The shortest time of one run that was seen.</param>
/// <param name="AllocatedBytes">What the runs of a turn allocated on the collected heap, in all threads: the fewest of any turn.</param>
internal sealed record Measurement(Workload Workload, double Seconds, long AllocatedBytes)
{
    /// <summary>Multiply-adds a second; bytes a second, where memory is measured.</summary>
    public double Rate => Workload.Work / Seconds;

    /// <summary>Samples a second.</summary>
    public double SamplesPerSecond => Workload.Samples / Seconds;

    /// <summary>The rate as a share of what as many threads do in the register-only loop; 1 is all of it.</summary>
    /// <param name="fmaLoop">The loop on one thread.</param>
    public double ShareOf(Measurement fmaLoop) => Rate / (fmaLoop.Rate * Workload.Threads);
}
